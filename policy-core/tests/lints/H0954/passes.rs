#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App), permit(select, to = Worker, across_tenants = "it counts for the invoices"))]
struct Document { id: i64, tenant_id: Uuid }
