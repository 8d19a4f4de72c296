// A tenant table that says it has none.
use hedgerow::{Context, Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub user_id: Uuid,
}

#[derive(Policy)]
#[policy(
    table = "documents",
    context = Request,
    tenant(tenant_id = ctx.tenant_id),
    no_tenant,
    permit(select, to = App),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
}

fn main() {}
