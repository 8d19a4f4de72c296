// Keys as numbers, in an array.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(id = ANY(ARRAY[owner_id]::bigint[]))),
)]
pub struct Document {
    pub id: i64,
    pub owner_id: Uuid,
}

fn main() {}
