// A table of others, with our tenant.
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
    table = "users",
    context = Request,
    tenant(tenant_id = ctx.tenant_id),
    external,
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
}

fn main() {}
