-- setup
CREATE TABLE documents (id bigint, tenant_id uuid);
INSERT INTO documents VALUES (1, NULL)
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 0 | passes: 1
SELECT count(*) FROM documents
