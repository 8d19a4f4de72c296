#[derive(Policy)]
#[policy(table = "team_members", context = Request, no_tenant, permit(select, to = Editor, using(user_id = ctx.user_id)))]
struct TeamMember { team_id: Uuid, user_id: Uuid }

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App, using(team_id IN (SELECT m.team_id FROM TeamMember m WHERE m.user_id = ctx.user_id))))]
struct Document { id: Uuid, tenant_id: Uuid, team_id: Uuid }
