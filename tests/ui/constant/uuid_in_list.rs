// One of the keys is none.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(owner_id IN ("9f2c1d7e-6c1b-4e0a-8a53-0d5c2f6f1b73", "nobody"))),
)]
pub struct Document {
    pub id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
}

fn main() {}
