#[derive(Role)]
#[role(name = "maintenance")]
struct Maintenance;

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App), grant(truncate, to = Maintenance))]
struct Document { id: Uuid, tenant_id: Uuid }
