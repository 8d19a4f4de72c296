-- setup
CREATE TABLE documents (id bigint, team_id bigint);
CREATE INDEX ON documents (team_id)
-- as app app.team=7 | fails: has Filter: is_mine(team_id) | passes: has Index Cond: (team_id
SET LOCAL enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM documents
