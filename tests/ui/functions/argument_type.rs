// A type that SQL lacks.
use hedgerow::functions;
#[functions(schema = "queues")]
pub trait Api {
    fn one(a: u64) -> i32;
    fn two() -> (i32, i32);
}

fn main() {}
