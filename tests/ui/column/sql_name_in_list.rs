// A column by its database name, where fields are named.
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
    permit(select(id, documentTitle), to = App),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    #[policy(column = "documentTitle")]
    pub title: String,
}

fn main() {}
