#[functions(schema = "public", language = "sql", grant(execute, to = App))]
trait Caller {
    #[function(volatility = stable, body = "SELECT nullif(current_setting('app.user_id', true), '')::uuid")]
    fn caller() -> Option<Uuid>;
}

#[derive(Policy)]
#[policy(table = "notes", no_tenant, permit(select, to = App, using(author = Caller.caller())))]
struct Note { id: i64, author: Uuid }
