-- setup
CREATE TABLE files (id bigint, kind text, owner uuid);
CREATE INDEX ON files (kind)
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: has Seq Scan | passes: has Index Cond: (kind
SET LOCAL enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM files
