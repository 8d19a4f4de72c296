#[derive(Policy)]
#[policy(table = "files", context = Request, no_tenant,
    permit(select, to = App, using((kind = "mine" AND owner = ctx.user_id) OR kind = "open")))]
struct File { id: i64, kind: String, owner: Uuid }
