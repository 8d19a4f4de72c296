#[derive(Context)]
#[context(prefix = "app")]
struct Caller { tenant_id: Uuid, org_id: Uuid }

#[derive(Policy)]
#[policy(table = "documents", context = Caller, tenant(tenant_id = ctx.tenant_id), permit(select, to = App, using(org_id = ctx.org_id)))]
struct Document { tenant_id: Uuid, org_id: Uuid, title: String }
