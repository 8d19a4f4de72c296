#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App),
    permit(select, to = Worker, across_tenants = "support looks into any tenant's documents"),
)]
struct Document { id: Uuid, tenant_id: Uuid }
