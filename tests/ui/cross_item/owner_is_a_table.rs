// A set that belongs to a table.
use hedgerow::{Context, Policy, Role, policy_set};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub user_id: Uuid,
}

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "members",
    context = Request,
    no_tenant,
    permit(select, to = App, using(user_id = ctx.user_id)),
)]
pub struct Member {
    pub team_id: Uuid,
    pub user_id: Uuid,
    pub role: String,
}

policy_set! { pub APPLICATION { owner: Member, items: [Request, App, Member] } }

fn main() {}
