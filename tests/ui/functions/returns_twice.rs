// One return type.
use hedgerow::functions;
#[functions(schema = "queues")]
pub trait Api {
    #[function(returns = "text")]
    fn one() -> i32;
    #[function(returns = "a b c")]
    fn two();
}

fn main() {}
