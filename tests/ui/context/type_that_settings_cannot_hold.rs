// A price, in a setting.
use hedgerow::Context;
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub factor: f64,
}

fn main() {}
