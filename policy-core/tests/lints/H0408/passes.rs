#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App, using(owner_id = ctx.user_id)),
    permit(select, to = App, name = "public_documents", using(status = "public")),
)]
struct Document { id: Uuid, tenant_id: Uuid, owner_id: Uuid, status: String }
