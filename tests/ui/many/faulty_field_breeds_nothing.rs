// One field whose type is unknown; predicates of this table and of another name it.
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
    pub role: (String, String),
}

#[derive(Policy)]
#[policy(
    table = "documents",
    context = Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App, using(EXISTS (SELECT 1 FROM Member m WHERE m.team_id = self.team_id AND m.role = "lead"))),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub team_id: Uuid,
    pub title: String,
}

policy_set! { pub APPLICATION { items: [Request, App, Member, Document] } }

fn main() {}
