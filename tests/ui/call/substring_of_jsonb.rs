// A piece of a document.
use hedgerow::{Policy, Role};
use serde_json::Value;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(substring(data, 1, 3) = "abc")),
)]
pub struct Document {
    pub id: i64,
    pub data: Value,
}

fn main() {}
