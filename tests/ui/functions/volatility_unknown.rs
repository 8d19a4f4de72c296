// Three words.
use hedgerow::functions;
#[functions(schema = "queues", volatility = stabel)]
pub trait Api {
    #[function(volatility = "stable")]
    fn one() -> i32;
}

fn main() {}
