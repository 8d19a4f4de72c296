-- setup
CREATE TABLE documents (id bigint, tenant text);
INSERT INTO documents VALUES (1, 'Acme'), (2, 'acme')
-- as app app.tenant=acme | fails: 2 | passes: 1
SELECT count(*) FROM documents
