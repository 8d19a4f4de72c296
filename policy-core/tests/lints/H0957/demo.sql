-- setup
CREATE TABLE notes (id bigint, author uuid);
INSERT INTO notes VALUES (1, '11111111-0000-0000-0000-000000000000')
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: 0 rows | passes: error 42501
DELETE FROM notes
