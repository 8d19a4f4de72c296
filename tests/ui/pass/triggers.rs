// Triggers in every form.
use hedgerow::{Context, Policy, Role, functions, policy_set};
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
    trigger(before(insert, update(status, number)), each_row, execute = Fns.touch, when(new.status IS DISTINCT FROM "done")),
    trigger(after(update), each_row, execute = self::Fns.touch, when(new.status <> old.status AND new.number > old.number)),
    trigger(after(insert, update, delete, truncate), each_statement, execute = Fns.touch, name = "every statement"),
    trigger(before(delete), each_row, execute = Fns.touch, when = "old.status = 'done'"),
)]
pub struct Todo {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub status: String,
    pub number: i32,
}

policy_set! {
    pub TRIGGERS { items: [Request, App, Fns, Todo] }
}

fn main() {}
