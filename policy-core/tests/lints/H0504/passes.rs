#[derive(Role)]
#[role(name = "web", login, noinherit)]
struct Web;

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = Web))]
struct Document { id: Uuid, tenant_id: Uuid }
