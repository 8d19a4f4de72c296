// A context as a unit struct.
use hedgerow::Context;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request;

fn main() {}
