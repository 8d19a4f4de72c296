#[derive(Policy)]
#[policy(table = "templates", context = Request, tenant(tenant_id = ctx.tenant_id, shared(select)), permit(select, update, to = App))]
struct Template { id: i64, tenant_id: Option<Uuid>, text: String }
