// A name in the place of a missing key.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(COALESCE(owner_id, title) = created_by)),
)]
pub struct Document {
    pub owner_id: Option<Uuid>,
    pub created_by: Uuid,
    pub title: String,
}

fn main() {}
