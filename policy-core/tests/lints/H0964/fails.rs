#[functions(schema = "public", language = "sql", grant(execute, to = App))]
trait Access {
    #[function(volatility = stable, body = "SELECT team_id = current_setting('app.team', true)::bigint")]
    fn is_mine(team_id: i64) -> bool;
}

#[derive(Policy)]
#[policy(table = "documents", no_tenant, permit(select, to = App, using(Access.is_mine(team_id))))]
struct Document { id: i64, team_id: i64 }
