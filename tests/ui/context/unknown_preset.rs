// A preset, misspelt.
use hedgerow::Context;
use uuid::Uuid;

#[derive(Context)]
#[context(preset = "postgres")]
pub struct Request {
    pub tenant_id: Uuid,
}

fn main() {}
