#[derive(Policy)]
#[policy(table = "notes", context = Request, no_tenant,
    permit(select, to = App, using(author = ctx.user_id)),
    permit(select, update, to = App, using(author = ctx.user_id), name = "own"))]
struct Note { id: i64, author: Uuid }
