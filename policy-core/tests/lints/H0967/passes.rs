#[derive(Policy)]
#[policy(table = "files", context = Request, no_tenant, permit(select, to = App, using(readers @> ARRAY[ctx.user_id])))]
struct File { id: i64, readers: Vec<Uuid> }
