// A list as one key.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(owner_id = members::uuid)),
)]
pub struct Document {
    pub owner_id: Uuid,
    pub members: Vec<Uuid>,
}

fn main() {}
