// Two texts that could be anything.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(to_char("2024", "YYYY") = title)),
)]
pub struct Document {
    pub id: i64,
    pub title: String,
}

fn main() {}
