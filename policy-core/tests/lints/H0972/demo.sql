-- setup
CREATE TABLE documents (id bigint, tenant_id uuid)
-- as owner | fails: t | passes: f
SELECT rolcanlogin FROM pg_roles WHERE rolname = current_user
-- as owner | fails: 0 rows | passes: 0 rows
ALTER TABLE documents DISABLE ROW LEVEL SECURITY
