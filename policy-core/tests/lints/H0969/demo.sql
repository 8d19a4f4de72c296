-- setup
CREATE TABLE documents (id bigint, owner uuid, title text);
CREATE INDEX ON documents (owner);
CREATE INDEX ON documents (title)
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: has Seq Scan | passes: has BitmapOr
SET LOCAL enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM documents
