// An argument that is missing.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(array_length(labels) > 1)),
)]
pub struct Document {
    pub id: i64,
    pub labels: Vec<String>,
}

fn main() {}
