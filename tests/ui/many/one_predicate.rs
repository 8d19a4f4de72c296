// A long condition with several misspelt names.
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
    pub role: String,
}

#[derive(Policy)]
#[policy(
    table = "documents",
    context = Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App, using(
        ownr_id = ctx.user_id
        OR EXISTS (
            SELECT 1
            FROM Member m
            WHERE mm.team_id = self.teem_id
              AND user_id = ctx.user_id
              AND lowr(m.role) = "lead"
        )
    )),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub team_id: Uuid,
    pub title: String,
}

fn main() {}
