#[derive(Policy)]
#[policy(table = "notes", context = Request, no_tenant, permit(select, update, to = App, using(author = ctx.user_id)))]
struct Note { id: i64, author: Uuid }
