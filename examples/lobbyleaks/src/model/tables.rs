//! What only editors see, each the rows of their country.

use chrono::{DateTime, Utc};
use hedgerow::Policy;

use super::{Anonymous, Country, LobbyApp, Visit};

/// A country.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "Tenant", context = Visit,
    tenant(code = ctx.current_tenant),
    permit(select, to = LobbyApp),
    never(all, to = Anonymous),
)]
#[sqlx(rename_all = "camelCase")]
pub struct Tenant {
    pub code: Country,
    pub name: String,
    pub created_at: DateTime<Utc>,
}

/// An editor.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "User", context = Visit,
    tenant(tenant_code = ctx.current_tenant),
    permit(all, to = LobbyApp),
    never(all, to = Anonymous),
)]
#[sqlx(rename_all = "camelCase")]
pub struct User {
    pub id: String,
    pub email: String,
    pub tenant_code: Country,
    pub created_at: DateTime<Utc>,
}

/// A document.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "Document", context = Visit,
    tenant(tenant_code = ctx.current_tenant),
    permit(all, to = LobbyApp),
    never(all, to = Anonymous),
)]
#[sqlx(rename_all = "camelCase")]
pub struct Document {
    pub id: String,
    pub title: String,
    pub author_id: Option<String>,
    pub tenant_code: Country,
    pub created_at: DateTime<Utc>,
}

/// Who paid whom.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "FundingRecord", context = Visit,
    tenant(tenant_code = ctx.current_tenant),
    permit(all, to = LobbyApp),
    never(all, to = Anonymous),
)]
#[sqlx(rename_all = "camelCase")]
pub struct FundingRecord {
    pub id: String,
    pub donor: String,
    pub amount_cents: i64,
    pub tenant_code: Country,
    pub created_at: DateTime<Utc>,
}
