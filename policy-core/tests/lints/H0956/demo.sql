-- setup
CREATE TABLE notes (id bigint, author uuid);
INSERT INTO notes VALUES (1, '11111111-0000-0000-0000-000000000000'), (2, '22222222-0000-0000-0000-000000000000')
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: 2 rows | passes: 1 rows
DELETE FROM notes
