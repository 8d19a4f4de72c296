#[derive(Policy)]
#[policy(table = "files", context = Request, no_tenant, permit(select, to = App, using(owner = ctx.user_id)))]
struct File { id: i64, owner: Option<Uuid> }
