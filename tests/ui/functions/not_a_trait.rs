// Functions are methods of a trait.
use hedgerow::functions;
#[functions(schema = "queues")]
pub struct Api;

fn main() {}
