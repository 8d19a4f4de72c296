#[derive(Policy)]
#[policy(table = "drafts", context = Request, no_tenant,
    permit(select, to = App, using(true)),
    permit(update, to = App, using(author = ctx.user_id), with_check(status = "draft")))]
struct Draft { id: i64, author: Uuid, status: String }
