// A key inside a document, taken out as JSON.
use hedgerow::{Policy, Role};
use serde_json::Value;
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using((data -> "owner")::uuid = owner_id)),
)]
pub struct Document {
    pub owner_id: Uuid,
    pub data: Value,
}

fn main() {}
