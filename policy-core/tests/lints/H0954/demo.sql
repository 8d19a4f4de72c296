-- setup
CREATE TABLE documents (id bigint, tenant_id uuid);
INSERT INTO documents VALUES (1, 'aaaaaaaa-0000-0000-0000-000000000000')
-- as worker | fails: 0 | passes: 1
SELECT count(*) FROM documents
