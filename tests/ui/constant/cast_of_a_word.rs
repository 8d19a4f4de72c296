// A word cast to a number.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(level = "high"::integer)),
)]
pub struct Document {
    pub id: i64,
    pub level: i32,
}

fn main() {}
