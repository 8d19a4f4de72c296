// Two numbers joined.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(level || rank = "12")),
)]
pub struct Document {
    pub id: i64,
    pub level: i32,
    pub rank: i32,
}

fn main() {}
