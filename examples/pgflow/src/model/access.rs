//! Who may start which flow: a user, a team, a role of the application.

use hedgerow::Policy;
use hedgerow::presets::supabase::{Anon, Authenticated};
use uuid::Uuid;

use super::{Caller, FlowDefiner};

/// A team. Its members see it.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "pgflow.teams", context = Caller,
    tenant(team_id IN (SELECT m.team_id FROM TeamMember m WHERE m.user_id = ctx.user_id)),
    permit(select, to = Authenticated),
    never(insert, update, delete, truncate, to = Authenticated), never(all, to = Anon),
)]
pub struct Team {
    pub team_id: Uuid,
    pub name: String,
}

/// Everyone sees his own memberships. The policy reads no other table, so those that read this one cannot come back to
/// themselves.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "pgflow.team_members", context = Caller,
    tenant(user_id = ctx.user_id),
    permit(select, to = [Authenticated, FlowDefiner]),
    never(insert, update, delete, truncate, to = [Authenticated, FlowDefiner]), never(all, to = Anon),
)]
pub struct TeamMember {
    pub team_id: Uuid,
    pub user_id: Uuid,
}

/// That a user, the members of a team or whoever has a role may start a flow. One sees the grants that hold for one.
#[derive(Debug, Policy, sqlx::FromRow)]
#[policy(
    table = "pgflow.flow_grants", context = Caller,
    tenant(
        user_id = ctx.user_id
        OR team_id IN (SELECT m.team_id FROM TeamMember m WHERE m.user_id = ctx.user_id)
        OR app_role = ctx.app_role
    ),
    permit(select, to = [Authenticated, FlowDefiner]),
    never(insert, update, delete, truncate, to = [Authenticated, FlowDefiner]), never(all, to = Anon),
)]
pub struct FlowGrant {
    #[policy(sequence)]
    pub grant_id: i64,
    pub flow_slug: String,
    pub user_id: Option<Uuid>,
    pub team_id: Option<Uuid>,
    pub app_role: Option<String>,
}
