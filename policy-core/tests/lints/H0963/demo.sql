-- setup
CREATE TABLE events (id bigint, data jsonb, owner uuid GENERATED ALWAYS AS ((data ->> 'owner')::uuid) STORED);
CREATE INDEX ON events (owner)
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: has Filter: | passes: has Index Cond: (owner
SET LOCAL enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM events
