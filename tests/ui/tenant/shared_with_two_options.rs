// Shared rows, with two keys that may be NULL.
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
    table = "transfers",
    context = Request,
    tenant(from_tenant = ctx.tenant_id OR to_tenant = ctx.tenant_id, shared(select)),
    permit(select, to = App),
)]
pub struct Transfer {
    pub id: Uuid,
    pub from_tenant: Option<Uuid>,
    pub to_tenant: Option<Uuid>,
}

fn main() {}
