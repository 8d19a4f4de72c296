#[derive(Context)]
#[context(prefix = "app")]
struct Request { owner: String }

#[derive(Policy)]
#[policy(table = "documents", context = Request, no_tenant, permit(select, to = App, using(owner::text = ctx.owner)))]
struct Document { id: i64, owner: Uuid }
