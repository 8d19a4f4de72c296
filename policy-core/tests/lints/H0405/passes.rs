#[derive(Policy)]
#[policy(table = "invoices", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, to = Worker, across_tenants = "statistics"))]
struct Invoice { id: Uuid, tenant_id: Uuid }
