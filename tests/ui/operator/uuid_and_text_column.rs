// The owner by name instead of by key.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(owner_id = author)),
)]
pub struct Document {
    pub id: Uuid,
    pub owner_id: Uuid,
    pub author: String,
    pub editor: Uuid,
}

fn main() {}
