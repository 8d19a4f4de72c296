#[derive(Policy)]
#[policy(table = "documents", context = Request, permit(select, to = App, using(owner_id = ctx.user_id)))]
struct Document { id: Uuid, tenant_id: Uuid, owner_id: Uuid }
