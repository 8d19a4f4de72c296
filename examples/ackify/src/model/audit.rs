//! Who did what to signatures, and who failed to come in.

use chrono::{DateTime, Utc};
use hedgerow::{Policy, View};
use serde_json::Value;
use sqlx::types::ipnetwork::IpNetwork;

use super::{AckifyApp, AttemptsReader, AuditWriter, EmailWorker, ExpectedSigner, MagicLinkAttempt, Monitor, Request, Signature, TenantId};

/// What became of signatures and expected signers. Triggers write it, whoever the writer is; a tenant reads its own.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "signature_audit", context = Request,
    tenant(tenant_id = ctx.tenant_id),
    log(rows(Signature.id, ExpectedSigner.id), writer = AuditWriter, table = table_name, row = row_id, copy(tenant_id),
        command = command, old = old_row, new = new_row, at = happened_at, role = db_role, by(user_email = ctx.user_email)),
    permit(select, to = AckifyApp),
    permit(insert, to = AuditWriter, across_tenants = "maintenance of any tenant is audited as well"),
    never(insert, update, delete, truncate, to = [AckifyApp, EmailWorker, Monitor]),
)]
pub struct SignatureAudit {
    #[policy(sequence)]
    pub id: i64,
    pub tenant_id: TenantId,
    pub table_name: String,
    pub row_id: String,
    pub command: String,
    pub old_row: Option<Value>,
    pub new_row: Option<Value>,
    pub happened_at: DateTime<Utc>,
    pub db_role: String,
    pub user_email: Option<String>,
}

/// Failed attempts to sign in, of every tenant and of none: where from, when and why, and not who.
#[derive(Debug, View, sqlx::FromRow)]
#[view(
    name = "failed_sign_ins",
    definer = AttemptsReader,
    grant(select, to = Monitor),
    query(SELECT a.tenant_id, a.ip_address, a.attempted_at, a.failure_reason FROM MagicLinkAttempt a WHERE NOT a.success),
    allow(H0909, reason = "whoever watches attacks watches all tenants, and sees nobody's address"),
)]
pub struct FailedSignIn {
    pub tenant_id: Option<TenantId>,
    pub ip_address: IpNetwork,
    pub attempted_at: DateTime<Utc>,
    pub failure_reason: Option<String>,
}
