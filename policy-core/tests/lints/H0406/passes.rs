#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select(id, title), to = App, using(status = "public")),
    permit(select, to = Editor, using(owner_id = ctx.user_id)),
)]
struct Document { id: Uuid, tenant_id: Uuid, owner_id: Uuid, title: String, secret: String, status: String }
