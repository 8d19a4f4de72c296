-- setup
CREATE TABLE documents (id bigint, owner uuid);
CREATE INDEX ON documents (owner)
-- as app app.owner=11111111-0000-0000-0000-000000000000 | fails: has Filter: | passes: has Index Cond: (owner
SET LOCAL enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM documents
