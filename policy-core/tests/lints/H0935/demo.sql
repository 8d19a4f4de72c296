-- setup
CREATE TABLE notes (id bigint, author uuid);
INSERT INTO notes VALUES (1, '11111111-0000-0000-0000-000000000000')
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: 1 rows | passes: error 42501
UPDATE notes SET author = '22222222-0000-0000-0000-000000000000' WHERE id = 1
