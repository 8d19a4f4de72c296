-- The tables of verify.rs, written by hand in the form that pgrls reads best: the tenant as
-- (SELECT current_setting(..)::uuid), without the guard against an empty setting, which `guarded` alone has.
CREATE ROLE bench_app NOINHERIT;
CREATE TABLE members (team_id uuid NOT NULL, user_id uuid NOT NULL, tenant_id uuid NOT NULL);
CREATE TABLE projects (id uuid PRIMARY KEY, tenant_id uuid NOT NULL);
CREATE TABLE guarded (id uuid PRIMARY KEY, tenant_id uuid NOT NULL);
CREATE TABLE by_exists (id uuid PRIMARY KEY, tenant_id uuid NOT NULL, team_id uuid NOT NULL);
CREATE TABLE by_in (id uuid PRIMARY KEY, tenant_id uuid NOT NULL, team_id uuid NOT NULL);
CREATE TABLE tasks (id uuid PRIMARY KEY, project_id uuid NOT NULL);
CREATE TABLE same (id uuid PRIMARY KEY, tenant_id uuid NOT NULL);
CREATE TABLE kept (id uuid PRIMARY KEY, tenant_id uuid NOT NULL, archived boolean NOT NULL);
CREATE TABLE recent (id uuid PRIMARY KEY, tenant_id uuid NOT NULL, created_at timestamptz NOT NULL);
CREATE TABLE plain (id uuid PRIMARY KEY, tenant_id uuid NOT NULL);
CREATE TABLE opened (id uuid PRIMARY KEY, tenant_id uuid NOT NULL, is_public boolean NOT NULL);

DO $$
DECLARE
    one text;
BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', one);
        EXECUTE format('GRANT SELECT ON %I TO bench_app', one);
    END LOOP;
END
$$;

CREATE POLICY app ON members FOR SELECT TO bench_app USING (
    tenant_id = (SELECT current_setting('app.tenant_id', true)::uuid) AND user_id = (SELECT current_setting('app.user_id', true)::uuid));
CREATE POLICY app ON projects FOR SELECT TO bench_app USING (tenant_id = (SELECT current_setting('app.tenant_id', true)::uuid));
CREATE POLICY app ON guarded FOR SELECT TO bench_app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY app ON by_exists FOR SELECT TO bench_app USING (
    tenant_id = (SELECT current_setting('app.tenant_id', true)::uuid)
    AND EXISTS (SELECT 1 FROM members m WHERE m.team_id = by_exists.team_id AND m.user_id = (SELECT current_setting('app.user_id', true)::uuid)));
CREATE POLICY app ON by_in FOR SELECT TO bench_app USING (
    tenant_id = (SELECT current_setting('app.tenant_id', true)::uuid)
    AND team_id IN (SELECT m.team_id FROM members m WHERE m.user_id = (SELECT current_setting('app.user_id', true)::uuid)));
CREATE POLICY app ON tasks FOR SELECT TO bench_app USING (
    EXISTS (SELECT 1 FROM projects p WHERE p.id = tasks.project_id AND p.tenant_id = (SELECT current_setting('app.tenant_id', true)::uuid)));
CREATE POLICY app ON same FOR SELECT TO bench_app USING (tenant_id IS NOT DISTINCT FROM (SELECT current_setting('app.tenant_id', true)::uuid));
CREATE POLICY app ON kept FOR SELECT TO bench_app USING (
    CASE WHEN archived THEN false ELSE tenant_id = (SELECT current_setting('app.tenant_id', true)::uuid) END);
CREATE POLICY app ON recent FOR SELECT TO bench_app USING (
    tenant_id = (SELECT current_setting('app.tenant_id', true)::uuid) AND created_at > now() - interval '30 days');
CREATE POLICY app ON plain FOR SELECT TO bench_app USING (tenant_id = (SELECT current_setting('app.tenant_id', true)::uuid));
CREATE POLICY app ON opened FOR SELECT TO bench_app USING (
    tenant_id = (SELECT current_setting('app.tenant_id', true)::uuid) OR is_public);
