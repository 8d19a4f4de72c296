// There is one and there is none.
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
    no_tenant,
    permit(select, to = App, using(owner_id IN (SELECT d.id FROM Other d WHERE d.id = ctx.user_id) AND NOT EXISTS (SELECT 1 FROM Other d WHERE d.id = ctx.user_id))),
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

#[derive(Policy)]
#[policy(table = "others", no_tenant, permit(select, to = App, using(true)))]
pub struct Other {
    pub id: Uuid,
}

fn main() {}
