// A flag, written with a value.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant = true,
    permit(select, to = App, using(true)),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
}

fn main() {}
