#[derive(Schema)]
#[schema(name = "public", grant(usage, to = App), grant(all on all tables, to = App))]
struct Main;

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App))]
struct Document { id: Uuid, tenant_id: Uuid }
