// A number in the place of a condition.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(CASE WHEN level THEN archived ELSE false END)),
)]
pub struct Document {
    pub id: i64,
    pub level: i32,
    pub archived: bool,
}

fn main() {}
