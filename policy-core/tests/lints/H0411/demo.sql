-- setup
CREATE TABLE audit (id uuid);
INSERT INTO audit VALUES (gen_random_uuid());
-- refused
ALTER TABLE audit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY all_worker ON audit TO worker USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON audit TO worker;
REVOKE UPDATE, DELETE ON audit FROM PUBLIC;
-- as worker | fails: 1 rows | passes: error 42501
DELETE FROM audit
