#[derive(Policy)]
#[policy(table = "team_members", context = Request, no_tenant,
    permit(select, to = App, using(
        EXISTS (SELECT 1 FROM TeamMember m WHERE m.team_id = self.team_id AND m.user_id = ctx.user_id))))]
struct TeamMember { team_id: Uuid, user_id: Uuid }
