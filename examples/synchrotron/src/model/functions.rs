//! What runs on the server. All of it with the rights of whoever calls: no function here knows more than its caller.

use hedgerow::functions;

use super::{App, Materializer, Note, Shapes, Todo};

/// Storing and replaying patches.
#[functions(schema = "synchrotron", search_path = "pg_catalog, pg_temp", language = "plpgsql")]
pub trait Patches {
    /// A patch as the originating user: the row is written, and the log says so.
    #[function(grant(execute, to = App), body_file = "sql/apply_patch.sql")]
    fn apply_patch(
        action_record_id: uuid::Uuid,
        table_name: String,
        row_id: String,
        operation: String,
        forward_patches: serde_json::Value,
        reverse_patches: serde_json::Value,
    );

    /// One change of one row of an allow-listed table.
    #[function(grant(execute, to = [App, Materializer]), body_file = "sql/write_row.sql")]
    fn write_row(table_name: String, row_id: String, operation: String, patch: serde_json::Value) -> i64;

    /// Every row again, from the log.
    #[function(grant(execute, to = Materializer), body_file = "sql/materialize.sql")]
    fn materialize() -> i64;

    /// Fills the other two logs.
    #[function(returns = "trigger", body_file = "sql/copy_patch.sql")]
    fn copy_patch();
}

/// Whether the caller sees the row of that name.
#[functions(schema = "synchrotron", search_path = "pg_catalog, pg_temp", grant(execute, to = [App, Shapes]))]
pub trait Visible {
    #[function(visible(Todo.id, Note.id))]
    fn row_visible(table_name: String, row_id: String) -> bool;
}
