-- The tables of diff.rs, in the form that pgrls reads best. The changes stand in src/bin/pgrls.rs.
CREATE ROLE bench_app NOINHERIT;
CREATE ROLE bench_support NOINHERIT;
GRANT USAGE ON SCHEMA public TO bench_app, bench_support;
CREATE TABLE notes (id uuid PRIMARY KEY, tenant_id uuid NOT NULL, status text NOT NULL);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON notes FOR SELECT TO bench_app USING (tenant_id = (SELECT current_setting('app.tenant_id', true)::uuid));
CREATE POLICY support ON notes FOR SELECT TO bench_support USING (true);
GRANT SELECT ON notes TO bench_app, bench_support;
CREATE VIEW public_notes WITH (security_invoker = true) AS SELECT id, tenant_id FROM notes WHERE status = 'public';
GRANT SELECT ON public_notes TO bench_app;
CREATE FUNCTION total() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT count(*) FROM public.notes';
ALTER FUNCTION total() OWNER TO bench_support;
REVOKE EXECUTE ON FUNCTION total() FROM PUBLIC;
