#[derive(Policy)]
#[policy(table = "notes", context = Request, no_tenant,
    permit(select, to = App, using(true)),
    permit(delete, to = App, using(author = ctx.user_id)))]
struct Note { id: i64, author: Uuid }
