#[derive(Policy)]
#[policy(table = "members", no_tenant, permit(select, insert, to = App, using(true)))]
struct Member { team_id: i64, user_id: Uuid }

#[derive(Policy)]
#[policy(table = "documents", context = Request, no_tenant,
    permit(select, to = App, using(team_id IN (SELECT m.team_id FROM Member m WHERE m.user_id = ctx.user_id))))]
struct Document { id: i64, team_id: i64 }
