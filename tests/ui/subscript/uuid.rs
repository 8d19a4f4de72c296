// A digit of a key.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(owner_id[1] = "a")),
)]
pub struct Document {
    pub id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
}

fn main() {}
