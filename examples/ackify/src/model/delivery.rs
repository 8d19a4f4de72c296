//! What leaves the application: webhooks, reminders, mail.

use chrono::{DateTime, Utc};
use hedgerow::Policy;
use serde_json::Value;
use uuid::Uuid;

use super::{AckifyApp, EmailWorker, Request, TenantId};

/// Where a tenant wants to hear of events.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(table = "webhooks", context = Request, tenant(tenant_id = ctx.tenant_id), permit(all, to = AckifyApp))]
pub struct Webhook {
    #[policy(sequence)]
    pub id: i64,
    pub tenant_id: TenantId,
    pub title: String,
    pub target_url: String,
    pub secret: String,
    pub active: bool,
    pub events: Vec<String>,
    pub headers: Option<Value>,
    pub created_by: String,
    pub created_at: DateTime<Utc>,
    pub last_delivered_at: Option<DateTime<Utc>>,
    pub failure_count: i32,
}

/// One event on its way to one webhook.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(table = "webhook_deliveries", context = Request, tenant(tenant_id = ctx.tenant_id), permit(all, to = AckifyApp))]
pub struct WebhookDelivery {
    #[policy(sequence)]
    pub id: i64,
    pub tenant_id: TenantId,
    pub webhook_id: i64,
    pub event_type: String,
    pub event_id: Uuid,
    pub payload: Value,
    pub status: String,
    pub retry_count: i32,
    pub created_at: DateTime<Utc>,
    pub processed_at: Option<DateTime<Utc>>,
    pub next_retry_at: Option<DateTime<Utc>>,
    pub response_status: Option<i32>,
    pub last_error: Option<String>,
}

/// A reminder that was sent.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(table = "reminder_logs", context = Request, tenant(tenant_id = ctx.tenant_id), permit(all, to = AckifyApp))]
pub struct ReminderLog {
    #[policy(sequence)]
    pub id: i64,
    pub tenant_id: TenantId,
    pub doc_id: String,
    pub recipient_email: String,
    pub sent_at: DateTime<Utc>,
    pub sent_by: String,
    pub template_used: String,
    pub status: String,
    pub error_message: Option<String>,
}

/// A mail to be sent. The application writes for its tenant; one worker sends for all of them, and may only note how it went.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "email_queue", context = Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(all, to = AckifyApp),
    permit(select, update(status, retry_count, processed_at, next_retry_at, last_error), to = EmailWorker,
        across_tenants = "one worker drains every tenant's queue"),
)]
pub struct QueuedEmail {
    #[policy(sequence)]
    pub id: i64,
    pub tenant_id: TenantId,
    pub to_addresses: Vec<String>,
    pub subject: String,
    pub template: String,
    pub locale: String,
    pub data: Value,
    pub status: String,
    pub priority: i32,
    pub retry_count: i32,
    pub created_at: DateTime<Utc>,
    pub scheduled_for: DateTime<Utc>,
    pub processed_at: Option<DateTime<Utc>>,
    pub next_retry_at: Option<DateTime<Utc>>,
    pub last_error: Option<String>,
}
