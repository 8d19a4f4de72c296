// The path of a claim with nothing in the middle.
use hedgerow::Context;
use uuid::Uuid;

#[derive(Context)]
#[context(preset = "supabase")]
pub struct Request {
    #[context(claim = "app_metadata..org")]
    pub org_id: Uuid,
}

fn main() {}
