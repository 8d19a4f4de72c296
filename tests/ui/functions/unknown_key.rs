// A key of another item.
use hedgerow::functions;
#[functions(schema = "queues", owner = "x")]
pub trait Api {
    #[function(bodyfile = "x.sql")]
    fn one() -> i32;
}

fn main() {}
