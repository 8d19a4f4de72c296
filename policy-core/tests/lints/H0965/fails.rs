#[derive(Policy)]
#[policy(table = "files", context = Request, no_tenant,
    permit(select, to = App, using(CASE WHEN kind = "mine" THEN owner = ctx.user_id ELSE kind = "open" END)))]
struct File { id: i64, kind: String, owner: Uuid }
