// Mistakes below each other's operators.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(NOT (lower(level) = "x" OR (labels[1] = "a" AND labels = 5)))),
)]
pub struct Document {
    pub id: Uuid,
    pub level: i32,
    pub labels: Vec<String>,
}

fn main() {}
