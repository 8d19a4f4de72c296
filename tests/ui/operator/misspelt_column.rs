// A column that is nearly the one that was meant.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(user_id = owner_ip)),
)]
pub struct Document {
    pub id: Uuid,
    pub owner_id: Uuid,
    pub owner_ip: String,
    pub user_id: Uuid,
}

fn main() {}
