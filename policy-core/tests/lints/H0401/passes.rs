#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, delete, to = App, using(owner_id = ctx.user_id)))]
struct Document { id: Uuid, tenant_id: Uuid, owner_id: Uuid }
