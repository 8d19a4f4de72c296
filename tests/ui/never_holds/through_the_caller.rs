// Two bounds by way of the caller.
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
    permit(select, to = App, using(level > ctx.level AND ctx.level > 5 AND level < 4)),
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
