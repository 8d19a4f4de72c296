#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, update, to = App, using(owner_id = ctx.user_id), with_check(status = "draft")),
    permit(select, update, to = Editor, using(editor_id = ctx.user_id), with_check(status = "public")),
)]
struct Document { id: Uuid, tenant_id: Uuid, owner_id: Uuid, editor_id: Uuid, status: String }
