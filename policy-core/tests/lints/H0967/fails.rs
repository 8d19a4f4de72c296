#[derive(Policy)]
#[policy(table = "files", context = Request, no_tenant, permit(select, to = App, using(ctx.user_id = ANY (readers))))]
struct File { id: i64, readers: Vec<Uuid> }
