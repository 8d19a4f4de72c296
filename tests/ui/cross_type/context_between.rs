// A level between a number and a text of the caller.
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
    permit(select, to = App, using(level BETWEEN 1 AND ctx.name)),
)]
pub struct Document {
    pub id: i64,
    pub level: i32,
}

fn main() {}
