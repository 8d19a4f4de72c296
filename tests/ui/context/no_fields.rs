// A context that knows nothing.
use hedgerow::Context;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
}

fn main() {}
