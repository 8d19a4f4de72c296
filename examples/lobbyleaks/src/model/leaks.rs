//! Leaks, and the one way in which visitors see them.

use chrono::{DateTime, Utc};
use hedgerow::{Policy, Role, View};

use super::{Anonymous, Country, LobbyApp, Visit};

/// How far a leak has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "\"LeakStatus\"", rename_all = "lowercase")]
pub enum LeakStatus {
    Draft,
    Public,
    Withdrawn,
}

/// Owns the view, which shows what it may read: under FORCE the owner of the table would see nothing.
#[derive(Role)]
#[role(name = "leaks_reader")]
pub struct LeaksReader;

/// A leak. Editors work on those of their country.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "Leak", context = Visit,
    tenant(tenant_code = ctx.current_tenant),
    permit(all, to = LobbyApp),
    permit(select(id, title, status, tenant_code, created_at), to = LeaksReader, using(status = "public")),
    never(all, to = Anonymous),
)]
#[sqlx(rename_all = "camelCase")]
pub struct Leak {
    pub id: String,
    pub title: String,
    pub body: String,
    pub status: LeakStatus,
    pub tenant_code: Country,
    pub created_at: DateTime<Utc>,
}

/// Public leaks of the country that the visit names.
#[derive(Debug, View, sqlx::FromRow)]
#[view(
    name = "leaks_public_v", context = Visit, definer = LeaksReader, grant(select, to = Anonymous),
    query(
        SELECT l.id, l.title, l.tenant_code, l.created_at FROM Leak l
        WHERE l.status = "public" AND l.tenant_code = ctx.current_tenant
    ),
)]
#[sqlx(rename_all = "camelCase")]
pub struct PublicLeak {
    pub id: String,
    pub title: String,
    pub tenant_code: Country,
    pub created_at: DateTime<Utc>,
}
