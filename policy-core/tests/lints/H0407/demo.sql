-- setup
CREATE TABLE documents (id uuid, tenant_id uuid, title text);
INSERT INTO documents VALUES ('11111111-0000-0000-0000-000000000000', 'aaaaaaaa-0000-0000-0000-000000000000', 'one'), ('22222222-0000-0000-0000-000000000000', 'aaaaaaaa-0000-0000-0000-000000000000', 'two');
-- refused
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY update_app ON documents FOR UPDATE TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT UPDATE (title) ON documents TO app;
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: error 42501 | passes: 1 rows
UPDATE documents SET title = 'new' WHERE id = '11111111-0000-0000-0000-000000000000'
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 2 rows | passes: 2 rows
UPDATE documents SET title = 'new'
