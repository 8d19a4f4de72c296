// A claim, where values are settings.
use hedgerow::Context;
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    #[context(claim = "sub")]
    pub user_id: Uuid,
}

fn main() {}
