#[derive(Role)]
#[role(name = "reader")]
struct Reader;

#[derive(Policy)]
#[policy(table = "salaries", no_tenant, permit(select, to = Reader, using(true)), never(all, to = App))]
struct Salary { id: i64, cents: i64 }

#[functions(schema = "public", definer = Reader, search_path = "public", language = "sql", grant(execute, to = Worker))]
trait Api {
    #[function(volatility = stable, body = "SELECT max(cents) FROM salaries")]
    fn best_paid() -> Option<i64>;
}
