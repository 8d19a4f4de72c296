// The list that contains a word.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(labels @> "rust")),
)]
pub struct Document {
    pub id: i64,
    pub labels: Vec<String>,
}

fn main() {}
