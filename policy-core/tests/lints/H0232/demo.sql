-- setup
CREATE TABLE blocks (id uuid, user_id uuid);
CREATE TABLE documents (id uuid, owner_id uuid);
INSERT INTO blocks VALUES (gen_random_uuid(), '11111111-0000-0000-0000-000000000000'), (gen_random_uuid(), NULL);
INSERT INTO documents VALUES (gen_random_uuid(), '11111111-0000-0000-0000-000000000000'), (gen_random_uuid(), '22222222-0000-0000-0000-000000000000');
-- as app | fails: 0 | passes: 1
SELECT count(*) FROM documents
