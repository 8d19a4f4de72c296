// A column that the table lacks.
use hedgerow::{Policy, functions};
use uuid::Uuid;

#[derive(Policy)]
#[policy(table = "teams", external)]
pub struct Team {
    pub id: Uuid,
}

#[functions(schema = "queues")]
pub trait Rows {
    #[function(visible(Team.key))]
    fn one(table_name: String, row_id: String) -> bool;
}

fn main() {}
