-- setup
CREATE TABLE documents (id uuid, tenant_id uuid);
INSERT INTO documents VALUES (gen_random_uuid(), 'aaaaaaaa-0000-0000-0000-000000000000'), (gen_random_uuid(), 'bbbbbbbb-0000-0000-0000-000000000000');
-- refused
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON documents FOR SELECT TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT ALL ON ALL TABLES IN SCHEMA public TO app;
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 0 rows | passes: error 42501
TRUNCATE documents
-- as app app.tenant_id=bbbbbbbb-0000-0000-0000-000000000000 | fails: 0 | passes: 1
SELECT count(*) FROM documents
