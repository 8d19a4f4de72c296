#[derive(Policy)]
#[policy(table = "templates", context = Request, tenant(tenant_id = ctx.tenant_id, shared(select)), permit(select, to = App))]
struct Template { id: Uuid, tenant_id: Option<Uuid> }
