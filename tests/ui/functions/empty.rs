// A trait without functions.
use hedgerow::functions;
#[functions(schema = "queues")]
pub trait Api {}

fn main() {}
