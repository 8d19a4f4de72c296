// Rows of the tenant that are not of the tenant.
use hedgerow::{Context, Policy, Role};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub user_id: Option<Uuid>,
    pub level: i32,
}

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    context = Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App, using(tenant_id <> ctx.tenant_id)),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Option<Uuid>,
    pub status: String,
    pub level: i32,
    pub archived: bool,
    pub published_at: Option<chrono::DateTime<chrono::Utc>>,
}

fn main() {}
