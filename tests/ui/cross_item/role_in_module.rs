// A permit to a role of another module, without its path.
use hedgerow::{Context, Policy};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub user_id: Uuid,
}

pub mod roles {
    #[derive(hedgerow::Role)]
    #[role(login)]
    pub struct Reader;
}

#[derive(Policy)]
#[policy(
    table = "documents",
    context = Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(select, to = Reader),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
}

fn main() {}
