//! The whole set: PostgREST's three roles, the worker, and the definers that its functions run as.

mod functions;
mod tables;
mod views;

pub use functions::{ApiFns, CommsFns, InternalFns, QueueFns};
use hedgerow::presets::postgrest::{self, Anon, Authenticated};
use hedgerow::{Role, Schema, policy_set};
pub use tables::{Email, Notice, Task, TaskError};
pub use views::{ApiReader, MyEmail, PublicNotice};

/// Owns schemas and tables; migrations run as a member of it. What it makes later is executable by nobody else.
#[derive(Role)]
#[role(name = "queue_owner", default(revoke(execute on functions, from = PUBLIC)))]
pub struct QueueOwner;

/// Takes tasks and calls what they name.
#[derive(Role)]
#[role(name = "worker_service_user", login, connect, password_env = "WORKER_PASSWORD")]
pub struct WorkerUser;

/// What the functions of `queues` run as.
#[derive(Role)]
#[role(name = "queue_definer")]
pub struct QueueDefiner;

/// What the functions of `comms` run as.
#[derive(Role)]
#[role(name = "comms_definer")]
pub struct CommsDefiner;

/// What the functions of `api` run as.
#[derive(Role)]
#[role(name = "api_definer")]
pub struct ApiDefiner;

/// All that PostgREST shows.
#[derive(Schema)]
#[schema(
    name = "api",
    grant(usage, to = [Anon, Authenticated]),
    grant(execute on all functions, to = [Anon, Authenticated]),
    allow(H0516, reason = "whatever stands in `api` is public API: that is what the schema is for")
)]
pub struct Api;

#[derive(Schema)]
#[schema(name = "internal", grant(usage, to = [WorkerUser, CommsDefiner, ApiDefiner]), revoke(execute on all functions, from = PUBLIC))]
pub struct Internal;

#[derive(Schema)]
#[schema(name = "queues", grant(usage, to = [WorkerUser, QueueDefiner]), revoke(execute on all functions, from = PUBLIC))]
pub struct Queues;

#[derive(Schema)]
#[schema(
    name = "comms",
    grant(usage, to = [WorkerUser, CommsDefiner, ApiDefiner, ApiReader]),
    revoke(execute on all functions, from = PUBLIC)
)]
pub struct Comms;

/// Nobody uses the schema that every database has.
#[derive(Schema)]
#[schema(name = "public", revoke(usage, create, from = PUBLIC))]
pub struct Public;

policy_set! {
    pub QUEUES {
        owner: QueueOwner,
        items: [
            QueueOwner, WorkerUser, QueueDefiner, CommsDefiner, ApiDefiner, ApiReader,
            postgrest::Anon, postgrest::Authenticated, postgrest::Authenticator, postgrest::Jwt,
            Api, Internal, Queues, Comms, Public,
            QueueFns, InternalFns, CommsFns, ApiFns,
            Task, TaskError, Email, Notice, MyEmail, PublicNotice,
        ],
    }
}
