// The same as SQL text.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using = "owner_id != NULL"),
)]
pub struct Document {
    pub id: i64,
    pub owner_id: Option<Uuid>,
}

fn main() {}
