// One misspelt option; every table names the role.
use hedgerow::{Context, Policy, Role, policy_set};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub user_id: Uuid,
}

#[derive(Role)]
#[role(loggin)]
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

#[derive(Role)]
#[role(login, member_of(App))]
pub struct Worker;

policy_set! { pub APPLICATION { owner: App, items: [Request, App, Member, Worker] } }

fn main() {}
