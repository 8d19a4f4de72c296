-- setup
CREATE TABLE blocks (id uuid, user_id uuid);
CREATE TABLE documents (id uuid, owner_id uuid);
INSERT INTO documents VALUES ('11111111-0000-0000-0000-000000000000', '11111111-0000-0000-0000-000000000000');
INSERT INTO blocks VALUES ('22222222-0000-0000-0000-000000000000', NULL)
-- as app | fails: 0 | passes: 1
SELECT count(*) FROM documents
