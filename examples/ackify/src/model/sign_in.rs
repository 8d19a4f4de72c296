//! Who comes in. A magic link is asked for before a tenant is known: rows without a tenant belong to every one.

use chrono::{DateTime, Utc};
use hedgerow::Policy;
use sqlx::types::ipnetwork::IpNetwork;

use super::{AckifyApp, AttemptsReader, Request, TenantId};

/// A session at an identity provider.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(table = "oauth_sessions", context = Request, tenant(tenant_id = ctx.tenant_id), permit(all, to = AckifyApp))]
pub struct OauthSession {
    #[policy(sequence)]
    pub id: i64,
    pub tenant_id: TenantId,
    pub session_id: String,
    pub user_sub: String,
    pub refresh_token_encrypted: Vec<u8>,
    pub access_token_expires_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub last_refreshed_at: Option<DateTime<Utc>>,
    pub user_agent: Option<String>,
    pub ip_address: Option<IpNetwork>,
}

/// A link that signs someone in.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "magic_link_tokens", context = Request,
    tenant(tenant_id = ctx.tenant_id, shared(all)),
    permit(all, to = AckifyApp),
    allow(H0939, reason = "a link is sent before anyone knows the tenant"),
)]
pub struct MagicLinkToken {
    #[policy(sequence)]
    pub id: i64,
    pub tenant_id: Option<TenantId>,
    pub token: String,
    pub email: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
    pub used_by_ip: Option<IpNetwork>,
    pub redirect_to: String,
    pub purpose: String,
    pub doc_id: Option<String>,
}

/// An attempt to sign in.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "magic_link_auth_attempts", context = Request,
    tenant(tenant_id = ctx.tenant_id, shared(all)),
    permit(all, to = AckifyApp),
    permit(select(tenant_id, success, failure_reason, ip_address, attempted_at), to = AttemptsReader,
        across_tenants = "failed attempts are watched in one place"),
    allow(H0939, reason = "an attempt is made before anyone knows the tenant"),
)]
pub struct MagicLinkAttempt {
    #[policy(sequence)]
    pub id: i64,
    pub tenant_id: Option<TenantId>,
    pub email: String,
    pub success: bool,
    pub failure_reason: Option<String>,
    pub ip_address: IpNetwork,
    pub user_agent: Option<String>,
    pub attempted_at: DateTime<Utc>,
}
