// A name with capitals in SQL text, where SQL folds it.
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
    permit(select, to = App, using = "ownerId = ctx.user_id"),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    #[sqlx(rename = "ownerId")]
    pub owner_id: Uuid,
}

fn main() {}
