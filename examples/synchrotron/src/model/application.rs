//! What users edit. Every synced table has `tenant_id` and `user_id`; both default to the caller and are checked on write.

use hedgerow::Policy;
use uuid::Uuid;

use super::{App, Caller, Materializer, Shapes, TenantId};

/// A to-do. Its owner writes it, and whoever it is shared with reads it. The scope is not among the columns of `update`:
/// no patch moves a row to another user or tenant.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "todos", context = Caller,
    tenant(tenant_id = ctx.tenant_id),
    permit(select, to = [App, Shapes], using(user_id = ctx.user_id OR id IN (SELECT s.todo_id FROM TodoShare s WHERE s.user_id = ctx.user_id))),
    permit(insert, update(title, done), delete, to = App, using(user_id = ctx.user_id)),
    permit(all, to = Materializer, across_tenants = "replays the whole log of patches"),
    allow(H0953, reason = "it writes what the log holds, the tenant as well"),
)]
pub struct Todo {
    pub id: Uuid,
    #[policy(default(ctx.tenant_id))]
    pub tenant_id: TenantId,
    #[policy(default(ctx.user_id))]
    pub user_id: String,
    pub title: String,
    pub done: bool,
}

/// Who else may read a to-do. A foreign key over all of it makes `owner_id` the to-do's owner.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "todo_shares", context = Caller,
    tenant(tenant_id = ctx.tenant_id),
    permit(select, to = [App, Shapes], using(ctx.user_id IN (user_id, owner_id))),
    permit(insert, delete, to = App, using(owner_id = ctx.user_id)),
    allow(H0936, reason = "a foreign key asks that the todo is the owner's"),
)]
pub struct TodoShare {
    pub todo_id: Uuid,
    #[policy(default(ctx.tenant_id))]
    pub tenant_id: TenantId,
    #[policy(default(ctx.user_id))]
    pub owner_id: String,
    pub user_id: String,
}

/// A note: its owner's alone.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "notes", context = Caller,
    tenant(tenant_id = ctx.tenant_id),
    permit(select, to = [App, Shapes], using(user_id = ctx.user_id)),
    permit(insert, update(body), delete, to = App, using(user_id = ctx.user_id)),
    permit(all, to = Materializer, across_tenants = "replays the whole log of patches"),
    allow(H0953, reason = "it writes what the log holds, the tenant as well"),
)]
pub struct Note {
    pub id: String,
    #[policy(default(ctx.tenant_id))]
    pub tenant_id: TenantId,
    #[policy(default(ctx.user_id))]
    pub user_id: String,
    pub body: String,
}
