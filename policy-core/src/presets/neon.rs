//! Neon: the roles of its Data API and what its tokens say.
//!
//! Neon makes the roles and the schema `auth`, so nothing here is created or altered. Source: Neon documentation, "Data
//! API: access control" and "The pg_session_jwt extension".

use hedgerow::{Context, Role, Schema};

/// `anonymous`: a request without a token.
#[derive(Clone, Copy, Debug, Role)]
#[role(name = "anonymous", external)]
pub struct Anonymous;

/// `authenticated`: a request with a valid token.
#[derive(Clone, Copy, Debug, Role)]
#[role(name = "authenticated", external)]
pub struct Authenticated;

/// The schema `auth`: the functions of the extension `pg_session_jwt`.
#[derive(Clone, Copy, Debug, Schema)]
#[schema(name = "auth", external)]
pub struct Auth;

/// The claims of the request's token. A field is `None` where the token does not say it.
#[derive(Clone, Debug, Context)]
#[context(preset = "neon")]
pub struct Jwt {
    /// The user, `auth.user_id()`: a text, whoever made the token.
    pub sub: Option<String>,
    /// The role that the request runs as.
    pub role: Option<String>,
    /// The user's e-mail address.
    pub email: Option<String>,
}
