// More than nothing.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(level > NULL)),
)]
pub struct Document {
    pub id: i64,
    pub level: Option<i32>,
}

fn main() {}
