// A role that is a member of a table.
use hedgerow::{Context, Policy, Role};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub user_id: Uuid,
}

#[derive(Policy)]
#[policy(
    table = "members",
    context = Request,
    no_tenant,
    permit(select, to = PUBLIC, using(user_id = ctx.user_id)),
)]
pub struct Member {
    pub team_id: Uuid,
    pub user_id: Uuid,
    pub role: String,
}

#[derive(Role)]
#[role(login, member_of(Member))]
pub struct App;

fn main() {}
