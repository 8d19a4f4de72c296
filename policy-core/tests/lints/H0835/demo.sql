-- setup
CREATE TABLE documents (id uuid, tenant_id uuid);
CREATE TABLE patches (id bigint, tenant_id uuid, table_name text, row_id text);
INSERT INTO patches VALUES (1, 'aaaaaaaa-0000-0000-0000-000000000000', 'documents', '11111111-0000-0000-0000-000000000000');
-- refused
ALTER TABLE patches ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY all_app ON patches TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON patches TO app;
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 1 rows | passes: error 42501
DELETE FROM patches WHERE row_id = '11111111-0000-0000-0000-000000000000'
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 0 | passes: 1
SELECT count(*) FROM patches
