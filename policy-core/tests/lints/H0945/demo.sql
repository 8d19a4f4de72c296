-- setup
CREATE TABLE files (id bigint, owner uuid);
INSERT INTO files VALUES (1, NULL)
-- as app | fails: 1 | passes: 0
SELECT count(*) FROM files
