// Rules that each contradict themselves or each other.
use hedgerow::{Context, Policy, Role};
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

#[derive(Policy)]
#[policy(
    table = "documents",
    context = Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(select(id), to = App, using(archived), name = "read"),
    permit(select(id, title), to = App, name = "read"),
    permit(delete, to = PUBLIC, with_check(NOT archived), across_tenants = "cleans up"),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
    pub archived: bool,
}

fn main() {}
