// The new row.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, update, to = App, using(level > 0), with_check(level = status)),
)]
pub struct Document {
    pub id: i64,
    pub status: String,
    pub level: i32,
}

fn main() {}
