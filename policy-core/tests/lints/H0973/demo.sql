-- setup
CREATE TABLE documents (id bigint, tenant_id uuid);
CREATE TABLE changes (tenant_id uuid, table_name text, row_id text, command text, new_row jsonb)
-- as app app.tenant_id=bbbbbbbb-0000-0000-0000-000000000000 | fails: 1 rows | passes: 1 rows
INSERT INTO documents VALUES (2, 'bbbbbbbb-0000-0000-0000-000000000000')
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 0 | passes: 0
SELECT count(*) FROM documents
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 1 | passes: 0
SELECT count(*) FROM changes
