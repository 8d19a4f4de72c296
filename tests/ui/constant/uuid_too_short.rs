// A key that lost its last digit.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(owner_id = "9f2c1d7e-6c1b-4e0a-8a53-0d5c2f6f1b7")),
)]
pub struct Document {
    pub id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
}

fn main() {}
