// Templates that every tenant sees, with a key that is never NULL.
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
    table = "templates",
    context = Request,
    tenant(tenant_id = ctx.tenant_id, shared(select)),
    permit(select, to = App),
)]
pub struct Template {
    pub id: Uuid,
    pub tenant_id: Uuid,
}

fn main() {}
