// What jsonb has and json has not.
use hedgerow::{Policy, Role};
use serde_json::Value;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(data @> "{}")),
)]
pub struct Document {
    #[policy(type = "json")]
    pub data: Value,
    pub id: i64,
}

fn main() {}
