#[derive(Role)]
#[role(name = "audit_writer")]
struct Writer;

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(all, to = App))]
struct Document { id: Uuid, tenant_id: Uuid }

#[derive(Policy)]
#[policy(table = "patches", context = Request, tenant(tenant_id = ctx.tenant_id), permit(insert, to = Writer), permit(select, to = App),
    log(rows(Document.id), table = table_name, row = row_id, copy(tenant_id), writer = Writer))]
struct Patch { id: i64, tenant_id: Uuid, table_name: String, row_id: String }
