#[derive(Context)]
#[context(prefix = "app")]
struct Request { user_id: Uuid, team_id: i64 }

#[derive(Policy)]
#[policy(table = "notes", context = Request, no_tenant,
    permit(select, to = App, using(author = ctx.user_id AND team_id = ctx.team_id)))]
struct Note { id: i64, author: Uuid, team_id: i64 }
