// Equal by way of a third.
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
    permit(select, to = App, using(owner_id = ctx.user_id AND id = ctx.user_id AND owner_id <> id)),
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
