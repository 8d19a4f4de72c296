#[derive(Policy)]
#[policy(table = "notes", context = Request, no_tenant,
    permit(select, to = App, using(author = ctx.user_id)),
    permit(delete, to = App, using(false)))]
struct Note { id: i64, author: Uuid }
