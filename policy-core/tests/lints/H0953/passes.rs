#[derive(Policy)]
#[policy(table = "mails", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, insert, to = App),
    permit(select, update(status), to = Worker, across_tenants = "one worker sends for all"))]
struct Mail { id: i64, tenant_id: Uuid, status: String }
