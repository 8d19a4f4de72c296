#[derive(Role)]
#[role(name = "admin")]
struct Admin;

#[derive(Policy)]
#[policy(table = "notes", context = Request, no_tenant,
    permit(select, to = App, using(author = ctx.user_id)),
    permit(select, to = Admin, using(true)))]
struct Note { id: i64, author: Uuid }
