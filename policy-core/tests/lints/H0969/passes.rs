#[derive(Policy)]
#[policy(table = "documents", context = Request, no_tenant,
    permit(select, to = App, using(owner = ctx.user_id OR title = "")))]
struct Document { id: i64, owner: Uuid, title: String }
