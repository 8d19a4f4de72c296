// A child of another table, by a column that it lacks.
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
    permit(select, to = App),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
}

#[derive(Policy)]
#[policy(
    table = "pages",
    tenant(through(documentid = Document.id)),
    permit(select, to = App),
)]
pub struct Page {
    pub id: Uuid,
    pub document_id: Uuid,
    pub number: i32,
}

fn main() {}
