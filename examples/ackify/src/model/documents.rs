//! Documents, who is expected to sign them, who did.

use chrono::{DateTime, Utc};
use hedgerow::Policy;

use super::{AckifyApp, Request, TenantId};

/// A document to be read.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(all, to = AckifyApp))]
pub struct Document {
    pub doc_id: String,
    pub tenant_id: TenantId,
    pub title: String,
    pub url: String,
    pub checksum: String,
    pub checksum_algorithm: String,
    pub description: String,
    pub read_mode: String,
    pub allow_download: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub created_by: String,
    pub deleted_at: Option<DateTime<Utc>>,
}

/// A confirmation that someone read a document.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(table = "signatures", context = Request, tenant(tenant_id = ctx.tenant_id), permit(all, to = AckifyApp))]
pub struct Signature {
    #[policy(sequence)]
    pub id: i64,
    pub tenant_id: TenantId,
    pub doc_id: String,
    pub user_sub: String,
    pub user_email: String,
    pub user_name: Option<String>,
    pub signed_at: DateTime<Utc>,
    pub payload_hash: String,
    pub signature: String,
    pub nonce: String,
    pub prev_hash: Option<String>,
    pub referer: Option<String>,
    pub doc_checksum: Option<String>,
}

/// Someone who has yet to read a document. Who added him is the caller, and stays so.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "expected_signers", context = Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(select, insert, update(tenant_id, doc_id, email, name, notes), delete, to = AckifyApp),
    restrict(insert, using(added_by = ctx.user_email)),
)]
pub struct ExpectedSigner {
    #[policy(sequence)]
    pub id: i64,
    pub tenant_id: TenantId,
    pub doc_id: String,
    pub email: String,
    pub name: String,
    pub added_at: DateTime<Utc>,
    #[policy(default(ctx.user_email))]
    pub added_by: String,
    pub notes: Option<String>,
}

/// A comparison of a document with its checksum.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(table = "checksum_verifications", context = Request, tenant(tenant_id = ctx.tenant_id), permit(all, to = AckifyApp))]
pub struct ChecksumVerification {
    #[policy(sequence)]
    pub id: i64,
    pub tenant_id: TenantId,
    pub doc_id: String,
    pub verified_by: String,
    pub verified_at: DateTime<Utc>,
    pub stored_checksum: String,
    pub calculated_checksum: String,
    pub algorithm: String,
    pub is_valid: bool,
    pub error_message: Option<String>,
}
