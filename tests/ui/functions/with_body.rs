// A body is SQL, not Rust.
use hedgerow::functions;
#[functions(schema = "queues")]
pub trait Api {
    fn one() -> i32 {
        1
    }
    fn two(a: i32);
}

fn main() {}
