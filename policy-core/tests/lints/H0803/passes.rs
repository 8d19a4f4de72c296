#[derive(Role)]
#[role(name = "reader")]
struct Reader;

#[derive(Policy)]
#[policy(table = "tasks", no_tenant, permit(select, to = Reader, using(true)))]
struct Task { id: i64, title: String, secret: String }

#[functions(schema = "public", definer = Reader, search_path = "public", language = "sql", grant(execute, to = App))]
trait Queue {
    #[function(volatility = stable)]
    fn next() -> String;
}
