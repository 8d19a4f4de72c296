#[derive(Policy)]
#[policy(table = "documents", context = Request, no_tenant,
    permit(select, to = App, using(EXISTS (SELECT 1 FROM Member m WHERE m.team_id = self.team_id AND m.user_id = ctx.user_id))))]
struct Document { id: Uuid, team_id: Uuid }
