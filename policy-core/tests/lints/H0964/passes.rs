#[functions(schema = "public", language = "sql", grant(execute, to = App))]
trait Access {
    #[function(volatility = stable, body = "SELECT ARRAY[current_setting('app.team', true)::bigint]")]
    fn my_teams() -> Vec<i64>;
}

#[derive(Policy)]
#[policy(table = "documents", no_tenant, permit(select, to = App, using(team_id = ANY (Access.my_teams()))))]
struct Document { id: i64, team_id: i64 }
