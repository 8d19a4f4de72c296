// The schema is part of the name.
use hedgerow::functions;
#[functions(language = "sql")]
pub trait Api {
    fn one() -> i32;
}

fn main() {}
