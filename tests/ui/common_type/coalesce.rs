// A text in the place of a missing number.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(COALESCE(level, title) = title)),
)]
pub struct Document {
    pub id: i64,
    pub level: Option<i32>,
    pub title: String,
}

fn main() {}
