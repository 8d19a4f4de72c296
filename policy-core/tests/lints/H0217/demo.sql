-- setup
CREATE TABLE sessions (id uuid, expires_at timestamptz);
INSERT INTO sessions SELECT md5(n::text)::uuid, now() - n * interval '1 hour' FROM generate_series(1, 20000) AS n;
CREATE INDEX ON sessions (expires_at);
ANALYZE sessions;
-- refused
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON sessions FOR SELECT TO app USING (expires_at > clock_timestamp());
GRANT SELECT ON sessions TO app;
-- as app | fails: has Seq Scan on sessions | passes: has Index
EXPLAIN SELECT id FROM sessions
