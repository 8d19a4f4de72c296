-- setup
CREATE TABLE documents (id uuid, tenant_id uuid);
INSERT INTO documents VALUES (gen_random_uuid(), 'aaaaaaaa-0000-0000-0000-000000000000'), (gen_random_uuid(), 'bbbbbbbb-0000-0000-0000-000000000000');
-- refused
GRANT owner TO web;
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_web ON documents FOR SELECT TO web USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT ON documents TO web;
-- as web app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 1 | passes: 1
SELECT count(*) FROM documents
-- as web app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 2 | passes: error 42501
SET LOCAL ROLE owner;
ALTER TABLE documents DISABLE ROW LEVEL SECURITY;
SELECT count(*) FROM documents
