#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id, shared(select)), permit(select, delete, to = App))]
struct Document { id: i64, tenant_id: Option<Uuid> }
