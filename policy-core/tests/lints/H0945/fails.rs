#[derive(Policy)]
#[policy(table = "files", context = Request, no_tenant, permit(select, to = App, using(owner IS NOT DISTINCT FROM ctx.user_id)))]
struct File { id: i64, owner: Option<Uuid> }
