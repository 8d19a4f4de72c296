// Two tables joined by what does not compare.
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
#[policy(table = "teams", no_tenant, permit(select, to = App, using(true)))]
pub struct Team {
    pub id: Uuid,
    pub name: String,
}

#[derive(Policy)]
#[policy(
    table = "documents",
    context = Request,
    no_tenant,
    permit(
        select,
        to = App,
        using(owner_id IN (SELECT m.user_id FROM Member m JOIN Team t ON t.name = m.team_id WHERE m.user_id = ctx.user_id)),
    ),
)]
pub struct Document {
    pub id: Uuid,
    pub team_id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
}

fn main() {}
