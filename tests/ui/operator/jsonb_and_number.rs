// A number inside a document, without taking it out as one.
use hedgerow::{Policy, Role};
use serde_json::Value;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(data -> "level" > 3)),
)]
pub struct Document {
    pub id: i64,
    pub data: Value,
}

fn main() {}
