// A tenant that is to be decided later.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    tenant(true),
    permit(select, to = App),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
}

fn main() {}
