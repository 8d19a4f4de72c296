#[derive(Policy)]
#[policy(table = "letters", context = Request, no_tenant,
    permit(select, insert, to = App, using(sender = ctx.user_id OR receiver = ctx.user_id), with_check(sender = ctx.user_id)))]
struct Letter { id: i64, sender: Uuid, receiver: Uuid }
