#[derive(Policy)]
#[policy(table = "tasks", no_tenant, permit(select, to = Worker, using(true)))]
struct Task { id: i64 }

#[functions(schema = "public", definer = Worker, search_path = "public", language = "sql", grant(execute, to = App))]
trait Queue {
    #[function(volatility = stable, body = "SELECT count(*) FROM tasks")]
    fn depth() -> i64;
}
