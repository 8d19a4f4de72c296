// The table's name as the first argument, as other derives have it.
use hedgerow::Policy;

#[derive(Policy)]
#[policy("documents", no_tenant)]
pub struct Document {
    pub id: i64,
}

fn main() {}
