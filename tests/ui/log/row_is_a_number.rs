// The key is kept as text.
use chrono::{DateTime, Utc};
use hedgerow::{Context, Policy, Role};
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
        row = number,
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

fn main() {}
