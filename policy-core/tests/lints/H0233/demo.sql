-- setup
CREATE TABLE documents (id uuid, status text);
INSERT INTO documents VALUES (gen_random_uuid(), 'draft'), (gen_random_uuid(), 'public'), (gen_random_uuid(), NULL);
-- as app | fails: 1 | passes: 2
SELECT count(*) FROM documents
