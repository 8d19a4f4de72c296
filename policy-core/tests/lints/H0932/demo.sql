-- setup
CREATE TABLE documents (id bigint, tenant_id uuid, title text);
INSERT INTO documents VALUES (1, 'aaaaaaaa-0000-0000-0000-000000000000', 'ours'), (2, 'bbbbbbbb-0000-0000-0000-000000000000', 'theirs')
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 2 | passes: 1
SELECT count(*) FROM titles
