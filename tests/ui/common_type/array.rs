// A list of a number and a text.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(id = ANY(ARRAY[1, title]))),
)]
pub struct Document {
    pub id: i64,
    pub title: String,
}

fn main() {}
