// A query in a condition.
use hedgerow::{Context, Policy, Role, functions};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
}

#[derive(Role)]
#[role(login)]
pub struct App;

#[functions(schema = "public", language = "plpgsql")]
pub trait Fns {
    #[function(returns = "trigger", body = "BEGIN RETURN new; END")]
    fn touch();
}

#[derive(Policy)]
#[policy(
    table = "todos",
    context = Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(all, to = App),
    trigger(after(update), each_row, execute = Fns.touch, when(EXISTS (SELECT 1 FROM Todo t WHERE t.id = new.id))),
)]
pub struct Todo {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub status: String,
    pub number: i32,
}

fn main() {}
