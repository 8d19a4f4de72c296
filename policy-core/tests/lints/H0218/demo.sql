-- setup
CREATE TABLE documents (id bigint, tenant_id uuid);
INSERT INTO documents VALUES (1, 'aaaaaaaa-0000-0000-0000-000000000000'), (2, 'bbbbbbbb-0000-0000-0000-000000000000');
-- refused
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON documents FOR SELECT TO app USING (tenant_id = current_setting('app.tenant_id')::uuid);
GRANT SELECT ON documents TO app;
-- login app | fails: error 42704 | passes: 0
SELECT count(*) FROM documents
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 1 | passes: 1
SELECT count(*) FROM documents
-- as app | fails: error 22P02 | passes: 0
SELECT count(*) FROM documents
