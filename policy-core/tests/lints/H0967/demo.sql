-- setup
CREATE TABLE files (id bigint, readers uuid[]);
CREATE INDEX ON files USING gin (readers);
INSERT INTO files VALUES (1, '{11111111-0000-0000-0000-000000000000}'), (2, '{}')
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: 1 | passes: 1
SELECT count(*) FROM files
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: has Seq Scan | passes: has Bitmap Index Scan
SET LOCAL enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM files
