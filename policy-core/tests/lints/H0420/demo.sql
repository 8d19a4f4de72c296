-- setup
CREATE TABLE documents (id uuid, tenant_id uuid, deleted_at timestamptz);
INSERT INTO documents VALUES ('11111111-0000-0000-0000-000000000000', 'aaaaaaaa-0000-0000-0000-000000000000', NULL)
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: error 42501 | passes: 1 rows
UPDATE documents SET deleted_at = now() WHERE id = '11111111-0000-0000-0000-000000000000'
