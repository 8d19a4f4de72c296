// A field of an unknown type; rules of the same table name it.
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
    permit(select(id, price), to = App, using(price > 5 AND self.price IS NOT NULL)),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub price: u64,
}

fn main() {}
