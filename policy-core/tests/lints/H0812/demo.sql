-- setup
CREATE TABLE leaks (id bigint, tenant_id uuid, title text, status text);
INSERT INTO leaks VALUES (1, 'aaaaaaaa-0000-0000-0000-000000000000', 'Lobby', 'public'), (2, 'aaaaaaaa-0000-0000-0000-000000000000', 'Draft', 'draft');
-- refused
CREATE ROLE reader;
ALTER TABLE leaks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_reader ON leaks FOR SELECT TO reader USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT (id, title) ON leaks TO reader;
CREATE VIEW leaks_public AS SELECT l.id, l.title FROM leaks l WHERE l.status = 'public';
ALTER VIEW leaks_public OWNER TO reader;
GRANT SELECT ON leaks_public TO app;
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: error 42501 | passes: 1
SELECT count(*) FROM leaks_public
