-- setup
CREATE TABLE documents (id uuid, tenant text);
INSERT INTO documents VALUES (gen_random_uuid(), 'acme'), (gen_random_uuid(), '');
-- as app app.tenant=acme | fails: 1 | passes: 1
SELECT count(*) FROM documents
-- as app app.tenant= | fails: 0
SELECT count(*) FROM documents
-- as owner | passes: error 23514
ALTER TABLE documents ADD CHECK (tenant <> '')
