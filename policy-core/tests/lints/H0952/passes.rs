#[derive(Schema)]
#[schema(name = "work", grant(usage, create, to = App), allow(H0929, reason = "reports are built there"))]
struct Work;

#[functions(schema = "public", language = "sql", search_path = "public", grant(execute, to = App))]
trait Access {
    #[function(volatility = stable, body = "SELECT array_agg(team_id) FROM members WHERE who = current_setting('app.user', true)")]
    fn my_teams() -> Option<Vec<i64>>;
}

#[derive(Policy)]
#[policy(table = "documents", no_tenant, permit(select, to = App, using(team_id = ANY (Access.my_teams()))))]
struct Document { id: i64, team_id: i64 }
