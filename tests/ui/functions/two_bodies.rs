// One body.
use hedgerow::functions;
#[functions(schema = "queues")]
pub trait Api {
    #[function(body = "SELECT 1", body_file = "sql/one.sql")]
    fn one() -> i32;
}

fn main() {}
