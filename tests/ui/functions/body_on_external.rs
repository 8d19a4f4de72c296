// What is external is never created.
use hedgerow::functions;
#[functions(schema = "auth", external)]
pub trait Auth {
    #[function(body = "SELECT 1")]
    fn one() -> i32;
}

fn main() {}
