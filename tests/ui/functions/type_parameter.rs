// A function has one signature.
use hedgerow::functions;
#[functions(schema = "queues")]
pub trait Api<T> {
    fn one<U>(a: U) -> i32;
}

fn main() {}
