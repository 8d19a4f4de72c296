#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App), grant(select, to = Worker))]
struct Document { id: i64, tenant_id: Uuid }
