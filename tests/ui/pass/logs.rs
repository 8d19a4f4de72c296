// Logs: filled from rows, and written by triggers.
use chrono::{DateTime, Utc};
use hedgerow::{Context, Policy, Role, policy_set};
use serde_json::Value;
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub user_id: Uuid,
}

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Role)]
#[role(name = "log_writer")]
pub struct Writer;

#[derive(Policy)]
#[policy(table = "todos", context = Request, tenant(tenant_id = ctx.tenant_id), permit(all, to = App))]
pub struct Todo {
    pub id: Uuid,
    pub tenant_id: Uuid,
}

#[derive(Policy)]
#[policy(
    table = "logs",
    context = Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(select, insert, to = App),
    log(
        rows(Todo.id),
        table = table_name,
        row = row_id,
        copy(tenant_id),
    ),
)]
pub struct Log {
    pub id: i64,
    pub table_name: String,
    pub row_id: String,
    pub tenant_id: Uuid,
    pub user_id: Uuid,
    pub number: i32,
    pub old_row: Option<Value>,
    pub said: Value,
    pub at: DateTime<Utc>,
}

#[derive(Policy)]
#[policy(
    table = "audit",
    context = Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(insert, to = Writer),
    permit(select, to = App),
    log(
        rows(Todo.id, self::Log.id),
        table = table_name,
        row = row_id,
        copy(tenant_id),
        writer = Writer,
        command = command,
        old = old,
        new = new,
        at = at,
        role = role,
        context = context,
        by(user_id = ctx.user_id),
    ),
)]
pub struct Audit {
    pub id: i64,
    pub table_name: String,
    pub row_id: String,
    pub tenant_id: Uuid,
    pub user_id: Option<Uuid>,
    pub command: String,
    pub old: Option<Value>,
    pub new: Option<Value>,
    pub at: DateTime<Utc>,
    pub role: String,
    pub context: Value,
}

policy_set! {
    pub LOGS { items: [Request, App, Writer, Todo, Log, Audit] }
}

fn main() {}
