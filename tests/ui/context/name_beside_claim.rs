// A field that is a setting and a claim.
use hedgerow::Context;
use uuid::Uuid;

#[derive(Context)]
#[context(preset = "supabase")]
pub struct Request {
    #[context(name = "app.user", claim = "sub")]
    pub user_id: Uuid,
}

fn main() {}
