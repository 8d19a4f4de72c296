//! The whole set: one role for the application, one for the worker that sends mail, one that watches attempts to come in;
//! eleven tables and their audit.

mod audit;
mod delivery;
mod documents;
mod sign_in;

pub use audit::{FailedSignIn, SignatureAudit};
pub use delivery::{QueuedEmail, ReminderLog, Webhook, WebhookDelivery};
pub use documents::{ChecksumVerification, Document, ExpectedSigner, Signature};
use hedgerow::{Context, Role, Schema, functions, policy_set};
pub use sign_in::{MagicLinkAttempt, MagicLinkToken, OauthSession};
use uuid::Uuid;

/// A tenant. rustc takes it for no other id; the build script sees the uuid in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct TenantId(pub Uuid);

/// What a request knows about its caller: the settings `app.tenant_id` and `app.user_email`. Policies ask the first of
/// `current_tenant_id()`.
#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    #[context(read = Tenancy.current_tenant_id)]
    pub tenant_id: TenantId,
    pub user_email: Option<String>,
}

/// What the application's own SQL asks as well.
#[functions(schema = "public", search_path = "pg_catalog, pg_temp", grant(execute, to = AckifyApp))]
pub trait Tenancy {
    #[function(volatility = stable, body = "SELECT nullif(current_setting('app.tenant_id', true), '')::uuid")]
    fn current_tenant_id() -> Option<TenantId>;
}

/// Owns the tables; migrations run as a member of it.
#[derive(Role)]
#[role(name = "ackify_owner")]
pub struct AckifyOwner;

/// What the application connects as.
#[derive(Role)]
#[role(name = "ackify_app", login, noinherit, connect, password_env = "ACKIFY_APP_PASSWORD")]
pub struct AckifyApp;

/// Drains the mail queue of every tenant.
#[derive(Role)]
#[role(name = "ackify_email_worker", login, noinherit, connect, password_env = "ACKIFY_WORKER_PASSWORD")]
pub struct EmailWorker;

/// Writes the audit of signatures, behind the triggers. No login of the set can become it.
#[derive(Role)]
#[role(name = "ackify_audit_writer")]
pub struct AuditWriter;

/// Whose rights `failed_sign_ins` reads with.
#[derive(Role)]
#[role(name = "ackify_attempts_reader")]
pub struct AttemptsReader;

/// Watches failed attempts to sign in.
#[derive(Role)]
#[role(name = "ackify_monitor", login, noinherit, connect, password_env = "ACKIFY_MONITOR_PASSWORD")]
pub struct Monitor;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [AckifyApp, EmailWorker, Monitor, AuditWriter, AttemptsReader]))]
pub struct Main;

policy_set! {
    pub ACKIFY {
        owner: AckifyOwner,
        items: [
            AckifyOwner, AckifyApp, EmailWorker, AuditWriter, AttemptsReader, Monitor, Tenancy, Request, Main,
            Document, Signature, ExpectedSigner, ChecksumVerification,
            Webhook, WebhookDelivery, ReminderLog, QueuedEmail,
            OauthSession, MagicLinkToken, MagicLinkAttempt,
            SignatureAudit, FailedSignIn,
        ],
    }
}
