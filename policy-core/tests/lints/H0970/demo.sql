-- setup
CREATE TABLE notes (id bigint, author uuid, team_id bigint);
INSERT INTO notes VALUES (1, '11111111-0000-0000-0000-000000000000', 7)
-- as app app.user_id=11111111-0000-0000-0000-000000000000 app.team_id=7 | fails: 1 | passes: 1
SELECT count(*) FROM notes
-- as app app.user_id=11111111-0000-0000-0000-000000000000 app.team_id=8 | fails: 1 | passes: 0
SELECT count(*) FROM notes
