// Every source of a context, and every type that one holds.
use hedgerow::{Context, Policy, Role, policy_set};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "my.app")]
pub struct Request {
    pub tenant_id: Uuid,
    #[context(name = "legacy.user_name")]
    pub user_name: Option<String>,
    pub small: i16,
    pub count: i32,
    pub total: i64,
    pub is_admin: bool,
    pub day: chrono::NaiveDate,
    pub at: chrono::DateTime<chrono::Utc>,
    pub team_ids: Vec<Uuid>,
    pub labels: Option<Vec<String>>,
}

#[derive(Context)]
#[context(preset = "supabase")]
pub struct Jwt {
    #[context(claim = "sub")]
    pub user_id: Uuid,
    #[context(claim = "app_metadata.org_id")]
    pub org_id: Uuid,
    pub role: String,
    #[context(name = "request.method")]
    pub method: String,
}

#[derive(Context)]
#[context(preset = "postgrest")]
pub struct Rest {
    pub sub: Uuid,
}

#[derive(Context)]
#[context(preset = "neon")]
pub struct Neon {
    pub sub: Uuid,
}

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App, using(
    total <= ctx.total AND name = ctx.user_name AND team_id = ANY(ctx.team_ids) AND label = ANY(ctx.labels) AND day >= ctx.day
)))]
pub struct Document {
    pub tenant_id: Uuid,
    pub team_id: Uuid,
    pub name: String,
    pub label: String,
    pub total: i64,
    pub day: chrono::NaiveDate,
}

#[derive(Policy)]
#[policy(table = "orders", context = Jwt, tenant(org_id = ctx.org_id), permit(select, to = App, using(user_id = ctx.user_id)))]
pub struct Order {
    pub org_id: Uuid,
    pub user_id: Uuid,
}

policy_set! { pub CONTEXTS { items: [Request, Jwt, App, Document, Order] } }
policy_set! { pub OTHERS { items: [Rest, Neon] } }

fn main() {
    assert!(CONTEXTS.sql().unwrap().contains("current_setting('my.app.tenant_id', true)"));
}
