// NULLIF compares its values.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(NULLIF(level, title) = 1)),
)]
pub struct Document {
    pub id: i64,
    pub level: i32,
    pub title: String,
}

fn main() {}
