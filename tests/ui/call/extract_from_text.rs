// A year out of a text.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(EXTRACT(year FROM title) = 2024)),
)]
pub struct Document {
    pub id: i64,
    pub title: String,
}

fn main() {}
