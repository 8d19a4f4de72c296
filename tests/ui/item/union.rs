// A policy on a union.
use hedgerow::Policy;

#[derive(Policy)]
#[policy(table = "documents", no_tenant)]
pub union Document {
    pub id: i64,
}

fn main() {}
