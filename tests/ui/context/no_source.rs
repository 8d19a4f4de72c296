// A context, without saying where its values are.
use hedgerow::Context;
use uuid::Uuid;

#[derive(Context)]
#[context()]
pub struct Request {
    pub tenant_id: Uuid,
}

fn main() {}
