#[derive(Role)]
#[role(name = "log_writer")]
struct LogWriter;

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, insert, to = App))]
struct Document { id: i64, tenant_id: Uuid }

#[derive(Policy)]
#[policy(table = "changes", no_tenant,
    log(rows(Document.id), writer = LogWriter, table = table_name, row = row_id, command = command, new = new_row),
    permit(select, to = App, using(true)),
    permit(insert, to = LogWriter, with_check(true)))]
struct Change { table_name: String, row_id: String, command: String, new_row: Option<serde_json::Value> }
