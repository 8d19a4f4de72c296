// Two fields with one setting.
use hedgerow::Context;
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    #[context(name = "app.tenant_id")]
    pub organisation: Uuid,
}

fn main() {}
