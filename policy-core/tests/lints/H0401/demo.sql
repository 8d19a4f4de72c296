-- setup
CREATE TABLE documents (id uuid, tenant_id uuid, owner_id uuid);
INSERT INTO documents VALUES (gen_random_uuid(), 'aaaaaaaa-0000-0000-0000-000000000000', '11111111-0000-0000-0000-000000000000'),
    (gen_random_uuid(), 'aaaaaaaa-0000-0000-0000-000000000000', '22222222-0000-0000-0000-000000000000');
-- refused
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON documents FOR SELECT TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT ON documents TO app;
-- as owner | fails: error 42601
CREATE POLICY checked ON documents FOR SELECT TO app WITH CHECK (owner_id = (SELECT nullif(current_setting('app.user_id', true), '')::uuid))
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 app.user_id=11111111-0000-0000-0000-000000000000 | fails: 2 | passes: 1
SELECT count(*) FROM documents
