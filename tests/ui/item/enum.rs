// A policy on an enum.
use hedgerow::Policy;

#[derive(Policy)]
#[policy(table = "documents", no_tenant)]
pub enum Document {
    Draft,
    Final,
}

fn main() {}
