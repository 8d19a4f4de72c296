// The tenant.
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
    tenant(tenant_id = ctx.tenant_id AND region = 5),
    permit(select, to = App),
)]
pub struct Document {
    pub id: i64,
    pub tenant_id: Uuid,
    pub region: String,
}

fn main() {}
