#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, update(deleted_at), to = App),
    restrict(select, to = App, using(deleted_at IS NULL)))]
struct Document { id: Uuid, tenant_id: Uuid, deleted_at: Option<DateTime<Utc>> }
