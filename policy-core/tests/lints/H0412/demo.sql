-- setup
CREATE TABLE documents (id uuid, tenant_id uuid)
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 1 rows | passes: 1 rows
INSERT INTO documents VALUES ('11111111-0000-0000-0000-000000000000', 'aaaaaaaa-0000-0000-0000-000000000000')
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: error 42501 | passes: 22222222-0000-0000-0000-000000000000
INSERT INTO documents VALUES ('22222222-0000-0000-0000-000000000000', 'aaaaaaaa-0000-0000-0000-000000000000') RETURNING id
