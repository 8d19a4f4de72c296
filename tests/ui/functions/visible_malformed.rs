// Tables with their keys.
use hedgerow::functions;

#[functions(schema = "queues")]
pub trait Rows {
    #[function(visible("teams"))]
    fn one(table_name: String, row_id: String) -> bool;
    #[function(visible())]
    fn two(table_name: String, row_id: String) -> bool;
}

fn main() {}
