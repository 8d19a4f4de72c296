// A context and a set with several mistakes each.
use hedgerow::{Context, policy_set};

#[derive(Context)]
#[context(prefix = "app", prefix = "other", claims)]
pub struct Request {
    #[context(name = "app.tenant", clam = "x")]
    pub tenant_id: u128,
    pub user_id: fn(),
}

policy_set! { pub APPLICATION { owners: Request, target: postgres, versions: 14..18, items: [Request, Request, "Request"] } }

fn main() {}
