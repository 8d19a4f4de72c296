// An element by a text.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(labels[title] = title)),
)]
pub struct Document {
    pub id: i64,
    pub labels: Vec<String>,
    pub title: String,
}

fn main() {}
