#[derive(Role)]
#[role(name = "web", login, settings(app.tenant_id = "8b1c1d4e-55a1-4a0e-b0b5-3a6f1c1f0d3e"))]
struct Web;

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = Web))]
struct Document { id: Uuid, tenant_id: Uuid }
