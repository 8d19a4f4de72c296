-- setup
CREATE TABLE documents (id uuid, tenant_id uuid, owner_id uuid);
INSERT INTO documents VALUES (gen_random_uuid(), 'aaaaaaaa-0000-0000-0000-000000000000', '11111111-0000-0000-0000-000000000000'), (gen_random_uuid(), 'bbbbbbbb-0000-0000-0000-000000000000', '11111111-0000-0000-0000-000000000000');
-- refused
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON documents FOR SELECT TO app USING (owner_id = (SELECT nullif(current_setting('app.user_id', true), '')::uuid));
GRANT SELECT ON documents TO app;
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 app.user_id=11111111-0000-0000-0000-000000000000 | fails: 2 | passes: 1
SELECT count(*) FROM documents
