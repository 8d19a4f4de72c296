// The name of a member instead of the key.
use hedgerow::{Context, Policy, Role};
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
    pub name: String,
}

#[derive(Policy)]
#[policy(
    table = "documents",
    context = Request,
    no_tenant,
    permit(select, to = App, using(owner_id IN (SELECT m.name FROM Member m WHERE m.user_id = ctx.user_id))),
)]
pub struct Document {
    pub id: Uuid,
    pub team_id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
}

fn main() {}
