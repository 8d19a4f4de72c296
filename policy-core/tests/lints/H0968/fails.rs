#[derive(Policy)]
#[policy(table = "letters", context = Request, no_tenant, permit(select, to = App, using(team_id <> ctx.user_id)))]
struct Letter { id: i64, team_id: Uuid }
