//! PostgREST: it logs in as `authenticator` and becomes `anon` or `authenticated` for each request.
//!
//! The three roles are the application's own, so a migration makes them. What may be done belongs to [`Anon`] and
//! [`Authenticated`]; [`Authenticator`] holds nothing and inherits nothing. Source: PostgREST documentation,
//! "Authentication" and "Transaction-Scoped Settings".

use hedgerow::{Context, Role};

/// `anon`: a request without a token.
#[derive(Clone, Copy, Debug, Role)]
#[role(name = "anon")]
pub struct Anon;

/// `authenticated`: a request with a token of that role.
#[derive(Clone, Copy, Debug, Role)]
#[role(name = "authenticated")]
pub struct Authenticated;

/// `authenticator`: PostgREST's connection, which switches into the other two and can do nothing itself.
#[derive(Clone, Copy, Debug, Role)]
#[role(name = "authenticator", login, noinherit, connect, password_env = "AUTHENTICATOR_PASSWORD", member_of(Anon, Authenticated))]
pub struct Authenticator;

/// The claims of the request's token. A field is `None` where the token does not say it.
#[derive(Clone, Debug, Context)]
#[context(preset = "postgrest")]
pub struct Jwt {
    /// Who the token was made for: any text.
    pub sub: Option<String>,
    /// The role that the request runs as.
    pub role: Option<String>,
    /// An e-mail address.
    pub email: Option<String>,
}
