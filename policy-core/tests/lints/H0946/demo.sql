-- setup
CREATE TABLE documents (id bigint, tenant text);
INSERT INTO documents VALUES (1, 'main')
-- as app | fails: 1 | passes: 0
SELECT count(*) FROM documents
