#[derive(Role)]
#[role(name = "reader")]
struct Reader;

#[derive(Policy)]
#[policy(table = "documents", no_tenant, permit(select, to = Reader, using(true)))]
struct Document { id: i64 }

#[functions(schema = "public", definer = Reader, search_path = "public", language = "sql", grant(execute, to = PUBLIC))]
trait Api {
    #[function(volatility = stable, body = "SELECT count(*) FROM documents")]
    fn documents_in_all() -> i64;
}
