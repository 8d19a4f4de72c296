-- setup
CREATE TABLE documents (id uuid, tenant text);
INSERT INTO documents VALUES ('11111111-0000-0000-0000-000000000000', ''), ('22222222-0000-0000-0000-000000000000', 'acme')
-- as app app.tenant= | fails: 0 | passes: 0
SELECT count(*) FROM documents
-- as app app.tenant=acme | fails: 1 | passes: 1
SELECT count(*) FROM documents
