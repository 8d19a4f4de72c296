-- setup
CREATE TABLE documents (id uuid, tenant_id uuid, owner_id uuid, status text);
INSERT INTO documents VALUES (gen_random_uuid(), 'aaaaaaaa-0000-0000-0000-000000000000', '11111111-0000-0000-0000-000000000000', 'draft'), (gen_random_uuid(), 'aaaaaaaa-0000-0000-0000-000000000000', '22222222-0000-0000-0000-000000000000', 'public');
-- refused
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT ON documents TO app;
CREATE POLICY select_app ON documents FOR SELECT TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid) AND owner_id = (SELECT nullif(current_setting('app.user_id', true), '')::uuid));
DROP POLICY IF EXISTS select_app ON documents;
CREATE POLICY select_app ON documents FOR SELECT TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid) AND status = 'public');
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 app.user_id=11111111-0000-0000-0000-000000000000 | fails: 1 | passes: 2
SELECT count(*) FROM documents
-- as owner | fails: error 42710 | passes: error 42710
CREATE POLICY select_app ON documents FOR SELECT TO app USING (true)
