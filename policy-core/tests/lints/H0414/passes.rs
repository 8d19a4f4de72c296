#[derive(Schema)]
#[schema(name = "crm", grant(usage, to = App))]
struct Crm;

#[derive(Policy)]
#[policy(table = "crm.contacts", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App))]
struct Contact { id: Uuid, tenant_id: Uuid }
