-- setup
CREATE TABLE team_members (team_id uuid, user_id uuid);
INSERT INTO team_members VALUES ('aaaaaaaa-0000-0000-0000-000000000000', '11111111-0000-0000-0000-000000000000'), ('aaaaaaaa-0000-0000-0000-000000000000', '22222222-0000-0000-0000-000000000000'), ('bbbbbbbb-0000-0000-0000-000000000000', '22222222-0000-0000-0000-000000000000');
-- refused
ALTER TABLE team_members ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON team_members FOR SELECT TO app
    USING (EXISTS (SELECT 1 FROM team_members m WHERE m.team_id = team_members.team_id AND m.user_id = (SELECT nullif(current_setting('app.user_id', true), '')::uuid)));
GRANT SELECT ON team_members TO app;
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: error 42P17 | passes: 2
SELECT count(*) FROM team_members
