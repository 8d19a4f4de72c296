#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, update, to = App, name = "drafts", using(owner_id = ctx.user_id), with_check(status = "draft")),
    permit(update, to = App, name = "publish", using(editor_id = ctx.user_id), with_check(status = "public")),
)]
struct Document { id: Uuid, tenant_id: Uuid, owner_id: Uuid, editor_id: Uuid, status: String }
