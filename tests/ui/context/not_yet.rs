// A field that a function reads.
use hedgerow::Context;
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    #[context(read = Auth.uid)]
    pub user_id: Uuid,
}

fn main() {}
