// A prefix, misspelt.
use hedgerow::Context;
use uuid::Uuid;

#[derive(Context)]
#[context(perfix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
}

fn main() {}
