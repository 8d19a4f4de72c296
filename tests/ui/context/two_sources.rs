// Settings of our own and claims at once.
use hedgerow::Context;
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app", preset = "supabase")]
pub struct Request {
    pub tenant_id: Uuid,
}

fn main() {}
