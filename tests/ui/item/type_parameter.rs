// One struct for several tables.
use hedgerow::Policy;

#[derive(Policy)]
#[policy(table = "documents", no_tenant)]
pub struct Document<T> {
    pub id: i64,
    pub body: T,
}

fn main() {}
