//! The tables of `verify.sql` as they are declared here. That `opened` shows its public rows to everybody would not compile: the bench
//! adds it.

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub user_id: Uuid,
}

#[derive(Role)]
#[role(name = "bench_app", noinherit)]
pub struct App;

#[derive(Policy)]
#[policy(table = "members", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App, using(user_id = ctx.user_id)))]
pub struct Member {
    pub team_id: Uuid,
    pub user_id: Uuid,
    pub tenant_id: Uuid,
}

#[derive(Policy)]
#[policy(table = "projects", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App))]
pub struct Project {
    pub id: Uuid,
    pub tenant_id: Uuid,
}

#[derive(Policy)]
#[policy(table = "guarded", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App))]
pub struct Guarded {
    pub id: Uuid,
    pub tenant_id: Uuid,
}

#[derive(Policy)]
#[policy(
    table = "by_exists", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App, using(EXISTS (SELECT 1 FROM Member m WHERE m.team_id = self.team_id AND m.user_id = ctx.user_id))),
)]
pub struct ByExists {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub team_id: Uuid,
}

#[derive(Policy)]
#[policy(
    table = "by_in", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App, using(team_id IN (SELECT m.team_id FROM Member m WHERE m.user_id = ctx.user_id))),
)]
pub struct ByIn {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub team_id: Uuid,
}

#[derive(Policy)]
#[policy(table = "tasks", context = Request, tenant(through(project_id = Project.id)), permit(select, to = App))]
pub struct Task {
    pub id: Uuid,
    pub project_id: Uuid,
}

#[derive(Policy)]
#[policy(table = "same", context = Request, tenant(tenant_id IS NOT DISTINCT FROM ctx.tenant_id), permit(select, to = App))]
pub struct Same {
    pub id: Uuid,
    pub tenant_id: Uuid,
}

#[derive(Policy)]
#[policy(
    table = "kept", context = Request, tenant(CASE WHEN archived THEN false ELSE tenant_id = ctx.tenant_id END),
    permit(select, to = App),
)]
pub struct Kept {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub archived: bool,
}

#[derive(Policy)]
#[policy(
    table = "recent", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App, using(created_at > now() - interval "30 days")),
)]
pub struct Recent {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub created_at: DateTime<Utc>,
}

#[derive(Policy)]
#[policy(table = "plain", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App))]
pub struct Plain {
    pub id: Uuid,
    pub tenant_id: Uuid,
}

#[derive(Policy)]
#[policy(table = "opened", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App))]
pub struct Opened {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub is_public: bool,
}

policy_set! {
    pub TABLES {
        items: [Request, App, Member, Project, Guarded, ByExists, ByIn, Task, Same, Kept, Recent, Plain, Opened],
    }
}
