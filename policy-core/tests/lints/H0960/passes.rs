#[derive(Context)]
#[context(prefix = "app")]
struct Request { holder: String }

#[derive(Role)]
#[role(name = "reader")]
struct Reader;

#[derive(Policy)]
#[policy(table = "accounts", context = Request, no_tenant, permit(select, to = Reader, using(holder = ctx.holder)))]
struct Account { id: i64, holder: String }

#[functions(schema = "public", definer = Reader, search_path = "public", language = "sql", grant(execute, to = App))]
trait Api {
    #[function(volatility = stable, body = "SELECT count(*) FROM accounts")]
    fn my_accounts() -> i64;
}
