#[derive(Role)]
#[role(name = "log_writer")]
struct LogWriter;

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, insert, to = App))]
struct Document { id: i64, tenant_id: Uuid }

#[derive(Policy)]
#[policy(table = "changes", context = Request, tenant(tenant_id = ctx.tenant_id),
    log(rows(Document.id), writer = LogWriter, table = table_name, row = row_id, copy(tenant_id), command = command, new = new_row),
    permit(select, to = App),
    permit(insert, to = LogWriter, across_tenants = "maintenance of any tenant is told as well"))]
struct Change { tenant_id: Uuid, table_name: String, row_id: String, command: String, new_row: Option<serde_json::Value> }
