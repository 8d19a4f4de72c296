#[derive(Policy)]
#[policy(table = "notes", context = Request, no_tenant,
    permit(select, to = App, using(true)),
    permit(update, to = App, using(author = ctx.user_id), with_check(true)))]
struct Note { id: i64, author: Uuid }
