#[derive(Policy)]
#[policy(table = "notes", context = Request, no_tenant,
    permit(select, to = App, using(author = ctx.user_id)),
    never(delete, to = App))]
struct Note { id: i64, author: Uuid }
