-- setup
CREATE TABLE notes (id bigint, secret bool);
INSERT INTO notes VALUES (1, false), (2, true)
-- as app | fails: 2 | passes: 1
SELECT count(*) FROM notes
