// A column's name with a NUL byte.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(true)),
)]
pub struct Document {
    pub id: i64,
    #[policy(column = "ti\0tle")]
    pub title: String,
}

fn main() {}
