#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App),
    restrict(delete, to = App, using(created_by = ctx.user_id)))]
struct Document { id: i64, tenant_id: Uuid, created_by: Uuid }
