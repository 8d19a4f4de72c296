// A prefix with capitals.
use hedgerow::Context;
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "MyApp")]
pub struct Request {
    pub tenant_id: Uuid,
}

fn main() {}
