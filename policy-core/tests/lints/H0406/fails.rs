#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select(id, title), to = App, name = "public_part", using(status = "public")),
    permit(select, to = App, name = "own", using(owner_id = ctx.user_id)),
)]
struct Document { id: Uuid, tenant_id: Uuid, owner_id: Uuid, title: String, secret: String, status: String }
