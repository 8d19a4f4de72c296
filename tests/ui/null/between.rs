// A range without an end.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(level BETWEEN 1 AND NULL)),
)]
pub struct Document {
    pub id: i64,
    pub level: Option<i32>,
}

fn main() {}
