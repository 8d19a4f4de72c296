#[derive(Policy)]
#[policy(table = "projects", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App))]
struct Project { id: i64, tenant_id: Uuid }

#[derive(Policy)]
#[policy(table = "tasks", tenant(through(project_id = Project.id)), permit(select, to = App))]
struct Task { id: i64, project_id: i64 }

#[derive(Policy)]
#[policy(table = "comments", tenant(through(task_id = Task.id)), permit(select, to = App))]
struct Comment { id: i64, task_id: i64 }
