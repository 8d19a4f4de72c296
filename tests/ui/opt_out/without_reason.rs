// Row security off, without saying why.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "countries",
    no_tenant,
    no_rls,
    permit(select, to = PUBLIC),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
}

fn main() {}
