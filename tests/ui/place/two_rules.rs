// A mistake in each of two rules.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(status)),
    permit(delete, to = App, using(level = status)),
)]
pub struct Document {
    pub id: Uuid,
    pub status: String,
    pub level: i32,
}

fn main() {}
