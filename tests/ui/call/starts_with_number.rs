// A number that begins with a digit.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(starts_with(level, "4"))),
)]
pub struct Document {
    pub id: i64,
    pub level: i32,
}

fn main() {}
