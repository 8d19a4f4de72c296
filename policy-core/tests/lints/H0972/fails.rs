#[derive(Role)]
#[role(name = "owner", login)]
struct Owner;

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App))]
struct Document { id: i64, tenant_id: Uuid }
