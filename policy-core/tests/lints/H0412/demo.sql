-- setup
CREATE TABLE documents (id uuid DEFAULT '11111111-0000-0000-0000-000000000000', tenant_id uuid);
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 1 rows | passes: 1 rows
INSERT INTO documents (tenant_id) VALUES ('aaaaaaaa-0000-0000-0000-000000000000')
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: error 42501 | passes: 11111111-0000-0000-0000-000000000000
INSERT INTO documents (tenant_id) VALUES ('aaaaaaaa-0000-0000-0000-000000000000') RETURNING id
