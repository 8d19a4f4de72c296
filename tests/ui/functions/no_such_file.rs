// A file that is not there.
use hedgerow::functions;
#[functions(schema = "queues")]
pub trait Api {
    #[function(body_file = "sql/none.sql")]
    fn one() -> i32;
}

fn main() {}
