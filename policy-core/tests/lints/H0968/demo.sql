-- setup
CREATE TABLE letters (id bigint, team_id uuid);
CREATE INDEX ON letters (team_id);
INSERT INTO letters VALUES (1, '11111111-0000-0000-0000-000000000000'), (2, '22222222-0000-0000-0000-000000000000'), (3, '33333333-0000-0000-0000-000000000000')
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: 2 | passes: 1
SELECT count(*) FROM letters
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: has Filter: | passes: has Index Cond: (team_id
SET LOCAL enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM letters
