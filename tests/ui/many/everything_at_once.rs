// A first try at a table, with a mistake in each line.
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
    tabel = "documents",
    context = "Request",
    tenant(tenantid = ctx.tenant_id),
    no_tenant,
    permit(selct, to = App),
    permit(update(titel), using("NOT archived")),
    restrict(delete(id), to = App),
    across = "everything",
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
    pub archived: bool,
}

fn main() {}
