// Subqueries over declared items: IN, EXISTS, ANY, arrays, scalars, joins of every kind, one in another.
use hedgerow::{Context, Policy, Role, policy_set};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub user_id: Uuid,
}

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(table = "teams", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App))]
pub struct Team {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub lead_id: Option<Uuid>,
}

#[derive(Policy)]
#[policy(table = "auth.members", external)]
pub struct Member {
    pub team_id: Uuid,
    pub user_id: Uuid,
    pub level: i32,
    pub left_at: Option<chrono::DateTime<chrono::Utc>>,
}

#[derive(Policy)]
#[policy(
    table = "documents",
    context = Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App, using(
        team_id IN (SELECT m.team_id FROM Member m WHERE m.user_id = ctx.user_id AND m.left_at IS NULL)
        OR team_id NOT IN (SELECT DISTINCT Team.id FROM Team WHERE Team.lead_id IS NULL)
        OR EXISTS (
            SELECT 1
            FROM Member AS m
            JOIN Team t ON t.id = m.team_id AND t.lead_id <> self.owner_id
            LEFT JOIN Member other ON other.team_id = m.team_id
            CROSS JOIN Team everything
            WHERE m.team_id = self.team_id AND m.user_id = ctx.user_id AND self.level <= m.level
        )
        OR NOT EXISTS (SELECT 1 FROM Team t, Member m WHERE t.id = m.team_id AND m.user_id = self.parent_id)
        OR owner_id = ANY(SELECT m.user_id FROM Member m)
        OR team_id = ANY(ARRAY(SELECT m.team_id FROM Member m WHERE m.user_id = ctx.user_id))
        OR level > (SELECT m.level FROM Member m WHERE m.user_id = self.owner_id AND m.team_id = self.team_id)
        OR EXISTS (
            SELECT 1 FROM Team t
            WHERE t.id IN (SELECT m.team_id FROM Member m WHERE m.user_id = t.lead_id AND m.team_id = self.team_id)
        )
    )),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub parent_id: Uuid,
    pub owner_id: Uuid,
    pub team_id: Uuid,
    pub level: i32,
}

policy_set! { pub SUBQUERIES { items: [Request, App, Team, Member, Document] } }

fn main() {
    let sql = SUBQUERIES.sql().unwrap();
    assert!(sql.contains("auth.members AS m"), "{sql}");
    assert!(sql.contains("documents.team_id"), "{sql}");
}
