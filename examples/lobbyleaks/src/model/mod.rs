//! The whole set: editors of a country behind `lobby_app`, visitors behind `anonymous`, five tables, one view.

mod leaks;
mod tables;

use hedgerow::{Context, Role, Schema, policy_set};
pub use leaks::{Leak, LeakStatus, LeaksReader, PublicLeak};
pub use tables::{Document, FundingRecord, Tenant, User};

/// A tenant: a country. The database holds its code as text, with a CHECK of these two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text")]
pub enum Country {
    /// Chile.
    #[sqlx(rename = "CL")]
    Chile,
    /// Uruguay.
    #[sqlx(rename = "UY")]
    Uruguay,
}

/// What a visit knows of itself: the setting `app.current_tenant`.
#[derive(Context)]
#[context(prefix = "app", allow(H0514, reason = "a CHECK lets in no tenant but CL and UY"))]
pub struct Visit {
    pub current_tenant: Country,
}

/// Owns the tables; migrations run as a member of it.
#[derive(Role)]
#[role(name = "lobby_owner")]
pub struct LobbyOwner;

/// Editors of a country: a request of the application.
#[derive(Role)]
#[role(name = "lobby_app")]
pub struct LobbyApp;

/// Visitors: a request without a login.
#[derive(Role)]
#[role(name = "anonymous")]
pub struct Anonymous;

/// What the application connects as. By itself it holds nothing: each request becomes one of the two.
#[derive(Role)]
#[role(
    name = "lobby_login",
    login,
    noinherit,
    connect,
    password_env = "LOBBY_PASSWORD",
    member_of(LobbyApp, Anonymous),
    settings(search_path = "public")
)]
pub struct LobbyLogin;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [LobbyApp, Anonymous, LeaksReader]), revoke(usage, create, from = PUBLIC), revoke(create, from = Anonymous))]
pub struct Main;

policy_set! {
    pub LOBBYLEAKS {
        owner: LobbyOwner,
        items: [
            LobbyOwner, LobbyApp, Anonymous, LobbyLogin, LeaksReader, Visit, Main,
            Tenant, User, Document, FundingRecord, Leak, PublicLeak,
        ],
    }
}
