// The caller among the columns.
use hedgerow::{Context, Policy, Role};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub user_id: Uuid,
    pub name: String,
}

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    context = Request,
    no_tenant,
    permit(select, to = App, using(ctx.name IN (owner_id, team_id))),
)]
pub struct Document {
    pub id: Uuid,
    pub team_id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
}

fn main() {}
