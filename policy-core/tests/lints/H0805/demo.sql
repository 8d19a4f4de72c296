-- setup
CREATE TABLE teams (id uuid);
INSERT INTO teams VALUES (gen_random_uuid());
CREATE FUNCTION may_see(team_id uuid) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT true';
-- refused
REVOKE EXECUTE ON FUNCTION may_see(uuid) FROM PUBLIC;
ALTER TABLE teams ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON teams FOR SELECT TO app USING (may_see(id));
GRANT SELECT ON teams TO app;
-- as app | fails: error 42501 | passes: 1
SELECT count(*) FROM teams
