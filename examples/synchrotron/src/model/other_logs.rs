//! The other two shapes of the log, for comparison: a table of patches for each table, and one log whose rows are judged by a
//! function. A trigger on the first log fills both, as the user who wrote it.

use hedgerow::Policy;
use serde_json::Value;
use uuid::Uuid;

use super::{App, Caller, Note, Shapes, Todo, Visible};

/// Patches of to-dos: theirs by the foreign key. Whoever sees the to-do reads them, its owner writes them.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "synchrotron.todo_patches", context = Caller,
    tenant(through(todo_id = Todo.id)),
    permit(select, to = [App, Shapes]),
    permit(insert, to = App, using(todo_id IN (SELECT t.id FROM Todo t WHERE t.user_id = ctx.user_id))),
    never(update, delete, truncate, to = PUBLIC),
)]
pub struct TodoPatch {
    pub id: i64,
    pub todo_id: Uuid,
    pub operation: String,
    pub forward_patches: Value,
}

/// Patches of notes.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "synchrotron.note_patches", context = Caller,
    tenant(through(note_id = Note.id)),
    permit(select, to = [App, Shapes]),
    permit(insert, to = App, using(note_id IN (SELECT n.id FROM Note n WHERE n.user_id = ctx.user_id))),
    never(update, delete, truncate, to = PUBLIC),
)]
pub struct NotePatch {
    pub id: i64,
    pub note_id: String,
    pub operation: String,
    pub forward_patches: Value,
}

/// Patches of every table, without a scope of their own. Seeing a row is not owning it, so the check says more than the
/// function.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "synchrotron.bare_patches", context = Caller,
    no_tenant,
    permit(select, to = [App, Shapes], using(Visible.row_visible(table_name, row_id))),
    permit(insert, to = App, using(
        (table_name = "todos" AND row_id IN (SELECT t.id::text FROM Todo t WHERE t.user_id = ctx.user_id))
        OR (table_name = "notes" AND row_id IN (SELECT n.id FROM Note n WHERE n.user_id = ctx.user_id)))),
    never(update, delete, truncate, to = PUBLIC),
    allow(H0964, reason = "this log shows what it costs"),
)]
pub struct BarePatch {
    pub id: i64,
    pub table_name: String,
    pub row_id: String,
    pub operation: String,
    pub forward_patches: Value,
}
