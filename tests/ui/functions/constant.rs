// A trait of functions holds functions.
use hedgerow::functions;
#[functions(schema = "queues")]
pub trait Api {
    const ONE: i32;
    fn one() -> i32;
}

fn main() {}
