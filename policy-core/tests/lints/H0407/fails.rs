#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(update(title), to = App))]
struct Document { id: Uuid, tenant_id: Uuid, title: String }
