#[derive(Policy)]
#[policy(table = "members", context = Request, no_tenant, permit(select, update, to = App, using(user_id = ctx.user_id)))]
struct Member { team_id: i64, user_id: Uuid, level: String, nickname: String }

#[derive(Policy)]
#[policy(table = "reports", context = Request, no_tenant,
    permit(select, to = App, using(team_id IN (SELECT m.team_id FROM Member m WHERE m.user_id = ctx.user_id AND m.level = "lead"))))]
struct Report { id: i64, team_id: i64 }
