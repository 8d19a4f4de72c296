// An argument too many.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(length(title, 3, 4) > 1)),
)]
pub struct Document {
    pub id: i64,
    pub title: String,
}

fn main() {}
