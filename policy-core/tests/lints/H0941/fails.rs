#[derive(Context)]
#[context(prefix = "app")]
struct Request { user_id: Uuid, level: String }

#[derive(Policy)]
#[policy(table = "notes", context = Request, no_tenant,
    permit(select, to = App, using(author = ctx.user_id)),
    permit(select, to = App, using(ctx.level = "admin"), name = "admins"))]
struct Note { id: i64, author: Uuid }
