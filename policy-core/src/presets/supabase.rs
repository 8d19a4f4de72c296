//! Supabase: its API roles and what its tokens say.
//!
//! Supabase makes the roles and the schema `auth`, so nothing here is created or altered. Source: Supabase documentation,
//! "Postgres Roles" and "JWT Claims Reference".

use hedgerow::presets::Uuid;
use hedgerow::{Context, Role, Schema};

/// `anon`: a request without a user.
#[derive(Clone, Copy, Debug, Role)]
#[role(name = "anon", external)]
pub struct Anon;

/// `authenticated`: a request of a user who logged in, also anonymously.
#[derive(Clone, Copy, Debug, Role)]
#[role(name = "authenticated", external)]
pub struct Authenticated;

/// `service_role`: a request with the project's secret key. It passes every policy.
#[derive(Clone, Copy, Debug, Role)]
#[role(name = "service_role", external, bypass_rls = "Supabase makes it so: it is the project's own server")]
pub struct ServiceRole;

/// `authenticator`: the connection of the API, which becomes one of the other three.
#[derive(Clone, Copy, Debug, Role)]
#[role(
    name = "authenticator",
    external,
    login,
    member_of(Anon, Authenticated, ServiceRole, inherit = false),
    allow(H0504, reason = "Supabase makes it so: a token of the service role switches into it")
)]
pub struct Authenticator;

/// The schema `auth`: Supabase's own tables and functions.
#[derive(Clone, Copy, Debug, Schema)]
#[schema(name = "auth", external)]
pub struct Auth;

/// The claims of the request's token. A field is `None` where the token does not say it.
#[derive(Clone, Debug, Context)]
#[context(preset = "supabase")]
pub struct Jwt {
    /// The user: `auth.uid()`.
    pub sub: Option<Uuid>,
    /// The role that the request runs as.
    pub role: Option<String>,
    /// The user's e-mail address.
    pub email: Option<String>,
    /// The user's telephone number.
    pub phone: Option<String>,
    /// How surely the user is known: `aal1`, or `aal2` with a second factor.
    pub aal: Option<String>,
    /// The session.
    pub session_id: Option<Uuid>,
    /// Whether the user has no account yet.
    pub is_anonymous: Option<bool>,
}
