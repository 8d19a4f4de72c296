-- setup
CREATE TABLE documents (id uuid, status text);
INSERT INTO documents VALUES ('11111111-0000-0000-0000-000000000000', NULL), ('22222222-0000-0000-0000-000000000000', 'draft')
-- as app | fails: 0 | passes: 1
SELECT count(*) FROM documents
