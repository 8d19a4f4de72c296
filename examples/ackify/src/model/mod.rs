//! The whole set: one role for the application, one for the worker that sends mail, eleven tables.

mod delivery;
mod documents;
mod sign_in;

pub use delivery::{QueuedEmail, ReminderLog, Webhook, WebhookDelivery};
pub use documents::{ChecksumVerification, Document, ExpectedSigner, Signature};
use hedgerow::{Context, Role, Schema, policy_set};
pub use sign_in::{MagicLinkAttempt, MagicLinkToken, OauthSession};
use uuid::Uuid;

/// A tenant. rustc takes it for no other id; the build script sees the uuid in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct TenantId(pub Uuid);

/// What a request knows about its caller: the setting `app.tenant_id`.
#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: TenantId,
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

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [AckifyApp, EmailWorker]))]
pub struct Main;

policy_set! {
    pub ACKIFY {
        owner: AckifyOwner,
        items: [
            AckifyOwner, AckifyApp, EmailWorker, Request, Main,
            Document, Signature, ExpectedSigner, ChecksumVerification,
            Webhook, WebhookDelivery, ReminderLog, QueuedEmail,
            OauthSession, MagicLinkToken, MagicLinkAttempt,
        ],
    }
}
