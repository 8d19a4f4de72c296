-- setup
CREATE TABLE documents (id uuid, tenant_id uuid);
INSERT INTO documents VALUES (gen_random_uuid(), 'aaaaaaaa-0000-0000-0000-000000000000'), (gen_random_uuid(), 'bbbbbbbb-0000-0000-0000-000000000000');
-- refused
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_floor ON documents AS RESTRICTIVE USING (tenant_id IS NOT NULL);
CREATE POLICY select_app ON documents FOR SELECT TO app USING (tenant_id IS NOT NULL);
GRANT SELECT ON documents TO app;
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 2 | passes: 1
SELECT count(*) FROM documents
