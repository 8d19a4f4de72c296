-- setup
CREATE TABLE members (team_id uuid, user_id uuid, role text);
CREATE TABLE documents (id uuid, team_id uuid);
CREATE INDEX ON documents (team_id)
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: has Filter: | passes: has Index Cond: (team_id
SET LOCAL enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM documents
