// A list of numbers with a word in it.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(level = ANY(ARRAY[1, "two"]))),
)]
pub struct Document {
    pub id: i64,
    pub level: i32,
}

fn main() {}
