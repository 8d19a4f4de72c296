// There is no object to call.
use hedgerow::functions;
#[functions(schema = "queues")]
pub trait Api {
    fn one(&self) -> i32;
    fn two(self, a: i32) -> i32;
}

fn main() {}
