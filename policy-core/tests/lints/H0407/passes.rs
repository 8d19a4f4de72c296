#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select(id), update(title), to = App))]
struct Document { id: Uuid, tenant_id: Uuid, title: String }
