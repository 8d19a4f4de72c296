//! The whole set. Nobody here bypasses row security, and no connection can do anything before it says who it is for.

mod application;
mod functions;
mod other_logs;
mod sync;

pub use application::{Note, Todo, TodoShare};
pub use functions::{Patches, Visible};
use hedgerow::{Context, Role, Schema, policy_set};
pub use other_logs::{BarePatch, NotePatch, TodoPatch};
pub use sync::{ActionModifiedRow, ActionRecord, ClientSyncStatus, OwnActionArgs};
use uuid::Uuid;

/// A tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct TenantId(pub Uuid);

/// The user for whom a transaction runs: the settings `synchrotron.tenant_id` and `synchrotron.user_id`.
#[derive(Context)]
#[context(prefix = "synchrotron")]
pub struct Caller {
    pub tenant_id: TenantId,
    pub user_id: String,
}

/// Owns the tables; migrations run as a member of it.
#[derive(Role)]
#[role(name = "synchrotron_owner")]
pub struct Owner;

/// What a user may do, to whom the server lends its connection.
#[derive(Role)]
#[role(name = "synchrotron_app")]
pub struct App;

/// What the server connects as. It inherits nothing: without `SET LOCAL ROLE synchrotron_app` it may do nothing.
#[derive(Role)]
#[role(name = "synchrotron_login", login, noinherit, connect, password_env = "SYNCHROTRON_PASSWORD", member_of(App))]
pub struct Login;

/// What a user's shapes read.
#[derive(Role)]
#[role(name = "synchrotron_shapes")]
pub struct Shapes;

/// What Electric's shape queries connect as.
#[derive(Role)]
#[role(name = "synchrotron_electric", login, noinherit, connect, password_env = "SYNCHROTRON_ELECTRIC_PASSWORD", member_of(Shapes))]
pub struct Electric;

/// Replays the log into the tables of every tenant: a role instead of a flag that any session could set.
#[derive(Role)]
#[role(name = "synchrotron_materializer")]
pub struct Materializer;

/// What the job connects as that replays the log. No connection that serves users can become the materializer.
#[derive(Role)]
#[role(name = "synchrotron_worker", login, noinherit, connect, password_env = "SYNCHROTRON_WORKER_PASSWORD", member_of(Materializer))]
pub struct Worker;

/// Whose rights the view of a user's own arguments reads with.
#[derive(Role)]
#[role(name = "synchrotron_args_reader")]
pub struct ArgsReader;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [App, Shapes, Materializer]), revoke(create, from = PUBLIC))]
pub struct Main;

#[derive(Schema)]
#[schema(name = "synchrotron", grant(usage, to = [App, Shapes, Materializer, ArgsReader]))]
pub struct Sync;

policy_set! {
    pub SYNC {
        owner: Owner,
        items: [
            Owner, App, Login, Shapes, Electric, Materializer, Worker, ArgsReader, Caller, Main, Sync,
            Visible, Patches,
            Todo, TodoShare, Note,
            ActionRecord, OwnActionArgs, ActionModifiedRow, ClientSyncStatus,
            TodoPatch, NotePatch, BarePatch,
        ],
    }
}
