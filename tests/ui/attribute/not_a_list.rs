// The table's name as the value of the attribute.
use hedgerow::Policy;

#[derive(Policy)]
#[policy = "documents"]
pub struct Document {
    pub id: i64,
}

fn main() {}
