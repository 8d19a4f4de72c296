#[derive(Context)]
#[context(prefix = "app")]
struct Request { owner: Uuid }

#[derive(Policy)]
#[policy(table = "documents", context = Request, no_tenant, permit(select, to = App, using(owner = ctx.owner)))]
struct Document { id: i64, owner: Uuid }
