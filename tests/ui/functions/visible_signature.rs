// A table and a key as texts.
use hedgerow::{Policy, functions};
use uuid::Uuid;

#[derive(Policy)]
#[policy(table = "teams", external)]
pub struct Team {
    pub id: Uuid,
}

#[functions(schema = "queues")]
pub trait Rows {
    #[function(visible(Team.id))]
    fn one(row_id: Uuid) -> bool;
}

fn main() {}
