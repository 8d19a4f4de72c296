-- setup
CREATE TABLE notes (id bigint, author uuid);
-- as postgres | fails: 2 | passes: 1
SELECT count(*) FROM pg_policies WHERE tablename = 'notes' AND cmd = 'SELECT' AND 'app' = ANY (roles)
