// A CASE that compares a number with texts.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(CASE level WHEN title THEN true ELSE false END)),
)]
pub struct Document {
    pub id: i64,
    pub level: i32,
    pub title: String,
}

fn main() {}
