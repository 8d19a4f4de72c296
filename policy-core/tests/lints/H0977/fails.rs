#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App))]
struct Document { id: i64, tenant_id: Uuid }

#[derive(Policy)]
#[policy(table = "attachments", no_tenant, permit(select, to = App, using(NOT deleted)))]
struct Attachment { id: i64, tenant_id: Uuid, deleted: bool }
