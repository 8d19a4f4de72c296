#[derive(Role)]
#[role(name = "members_reader")]
struct MembersReader;

#[derive(View)]
#[view(name = "my_teams", context = Request, definer = MembersReader, grant(select, to = App),
    query(SELECT m.team_id FROM TeamMember m WHERE m.user_id = ctx.user_id))]
struct MyTeam { team_id: Uuid }

#[derive(Policy)]
#[policy(table = "team_members", no_tenant,
    permit(select, to = MembersReader, using(true)),
    permit(select, to = App, using(team_id IN (SELECT t.team_id FROM MyTeam t))))]
struct TeamMember { team_id: Uuid, user_id: Uuid }
