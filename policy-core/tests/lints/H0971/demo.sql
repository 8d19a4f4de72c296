-- setup
CREATE TABLE members (team_id bigint, user_id uuid);
CREATE TABLE documents (id bigint, team_id bigint);
INSERT INTO documents VALUES (1, 7)
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: 1 rows | passes: error 42501
INSERT INTO members VALUES (7, '11111111-0000-0000-0000-000000000000')
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: 1 | passes: 0
SELECT count(*) FROM documents
