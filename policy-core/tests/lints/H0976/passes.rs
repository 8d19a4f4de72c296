#[derive(Role)]
#[role(name = "log_writer")]
struct LogWriter;

#[derive(Policy)]
#[policy(table = "users", no_tenant, permit(select(id, name), insert, to = App, using(true)))]
struct User { id: i64, name: String, password_hash: String }

#[derive(Policy)]
#[policy(table = "changes", no_tenant,
    log(rows(User.id), writer = LogWriter, table = table_name, row = row_id, command = command, new = new_row),
    permit(select(table_name, row_id, command), to = Worker, using(true)),
    permit(insert, to = LogWriter, with_check(true)))]
struct Change { table_name: String, row_id: String, command: String, new_row: Option<serde_json::Value> }
