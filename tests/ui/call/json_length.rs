// A function of jsonb for json.
use hedgerow::{Policy, Role};
use serde_json::Value;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(jsonb_array_length(data) > 0)),
)]
pub struct Document {
    pub id: i64,
    #[policy(type = "json")]
    pub data: Value,
}

fn main() {}
