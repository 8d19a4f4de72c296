//! Functions: every key, calls in both forms, a field of a context that is read from one.

use hedgerow::{Context, Policy, Role, Schema, functions, policy_set};
use uuid::Uuid;

pub struct Value;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Role)]
#[role()]
pub struct Reader;

#[derive(Schema)]
#[schema(name = "queues", grant(usage, to = [App, Reader]), grant(execute on functions, to = Reader))]
pub struct Queues;

/// Whom the caller belongs to.
#[functions(schema = "queues", definer = Reader, search_path = "queues, pg_temp", grant(execute, to = App), language = "plpgsql")]
pub trait QueueFns {
    fn dequeue_next_available_task() -> Option<Value>;
    #[function(name = "append_error", grant(execute, to = Reader), body = "begin raise notice '%', message; end")]
    fn append_error(task_id: i64, message: String);
    #[function(name = "append_error", language = "sql", body = "SELECT 1", returns = "integer")]
    fn append_error_of_all(message: &str);
    #[function(returns = "trigger", body = "begin return new; end")]
    fn on_run();
    fn all() -> SetOf<Uuid>;
    #[function(volatility = stable)]
    fn may_see(team_id: Uuid, r#type: Option<String>) -> bool;
    #[function(volatility = stable)]
    fn team_of(key: Vec<Uuid>) -> Uuid;
    #[function(volatility = immutable)]
    fn same(team: Option<&Uuid>) -> Uuid;
    #[function(visible(Team.id, model::Note.id))]
    fn row_visible(table_name: String, row_id: String) -> bool;
}

#[hedgerow::functions(schema = "auth", external)]
pub(crate) trait Auth {
    #[function(volatility = stable)]
    fn uid() -> Uuid;
    #[function(volatility = stable)]
    fn jwt() -> Value;
}

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    #[context(read = Auth.uid)]
    pub user_id: Uuid,
    pub team_ids: Vec<Uuid>,
}

#[derive(Policy)]
#[policy(
    table = "teams", context = Request, tenant(id = QueueFns.team_of(ctx.team_ids)),
    permit(select, to = App, using(QueueFns.may_see(id, "x") AND owner_id = ctx.user_id)),
    permit(insert, to = App, using(QueueFns.same(team) = team AND id IN (SELECT n.id FROM Note n WHERE QueueFns.may_see(n.id, NULL)))),
    permit(delete, to = App, using = "queues.may_see(self.id, 'x') AND id = auth.uid()"),
)]
pub struct Team { pub id: Uuid, pub owner_id: Uuid, pub team: Uuid }

mod model {
    use hedgerow::Policy;

    #[derive(Policy)]
    #[policy(table = "notes", no_tenant, permit(select, to = super::App, using(super_id = current_user)))]
    pub struct Note { pub id: super::Uuid, pub super_id: String }
}
use model::Note;

policy_set! { pub ALL { items: [App, Reader, Queues, QueueFns, Auth, Request, Team, Note] } }

fn main() {
    println!("{:?}", ALL);
}
