// A call that is wrong, in a comparison that would be wrong as well.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(upper(owner_id) = 5)),
)]
pub struct Document {
    pub id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
}

fn main() {}
