// A struct with a length.
use hedgerow::Policy;

#[derive(Policy)]
#[policy(table = "keys", no_tenant)]
pub struct Key<const N: usize> {
    pub id: i64,
    pub bytes: [u8; N],
}

fn main() {}
