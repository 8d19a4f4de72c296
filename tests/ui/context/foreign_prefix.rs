// A prefix that belongs to an extension.
use hedgerow::Context;
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "citus")]
pub struct Request {
    pub tenant_id: Uuid,
}

fn main() {}
