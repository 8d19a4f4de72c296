-- setup
CREATE TABLE projects (id bigint PRIMARY KEY, tenant_id uuid);
CREATE TABLE tasks (id bigint PRIMARY KEY, project_id bigint);
CREATE TABLE comments (id bigint, task_id bigint, tenant_id uuid)
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: has on projects | passes: has Filter: (tenant_id
EXPLAIN (COSTS OFF) SELECT id FROM comments
