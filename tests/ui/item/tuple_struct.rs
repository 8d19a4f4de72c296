// A policy on a tuple struct.
use hedgerow::Policy;

#[derive(Policy)]
#[policy(table = "documents", no_tenant)]
pub struct Document(i64, String);

fn main() {}
