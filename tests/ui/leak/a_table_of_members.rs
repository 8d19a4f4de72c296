// To be a member of something is not to be of this tenant.
use hedgerow::{Context, Policy, Role};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub user_id: Option<Uuid>,
    pub tenant_ids: Vec<Uuid>,
    pub tenant_no: i32,
}

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    context = Request,
    tenant(tenant_id = ctx.tenant_id OR EXISTS (SELECT 1 FROM Member m WHERE m.user_id = ctx.user_id)),
    permit(select, to = App),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub tenant_no: i32,
    pub owner_id: Option<Uuid>,
    pub status: String,
    pub level: i32,
    pub archived: bool,
    pub published_at: Option<chrono::DateTime<chrono::Utc>>,
}

#[derive(Policy)]
#[policy(table = "members", context = Request, no_tenant, permit(select, to = App, using(user_id = ctx.user_id)))]
pub struct Member {
    pub team_id: Uuid,
    pub user_id: Uuid,
}

fn main() {}
