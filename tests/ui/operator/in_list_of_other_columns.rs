// One of the columns in a list is no key.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(id IN (owner_id, editor_id, reviewer))),
)]
pub struct Document {
    pub id: Uuid,
    pub owner_id: Uuid,
    pub editor_id: Uuid,
    pub reviewer: String,
}

fn main() {}
