// SQL text: the arrow can only point at all of it.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using = "level > 0 AND status = 5"),
)]
pub struct Document {
    pub id: Uuid,
    pub status: String,
    pub level: i32,
}

fn main() {}
