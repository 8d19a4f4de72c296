-- setup
CREATE TABLE files (id bigint, path text);
INSERT INTO files VALUES (1, 'mine/a'), (2, 'theirs/b')
-- as app app.folder=% | fails: 2 | passes: 0
SELECT count(*) FROM files
-- as app app.folder=mine/ | fails: 0 | passes: 1
SELECT count(*) FROM files
