-- setup
CREATE TABLE team_members (team_id uuid, user_id uuid);
CREATE TABLE documents (id uuid, tenant_id uuid, team_id uuid);
INSERT INTO team_members VALUES ('bbbbbbbb-0000-0000-0000-000000000000', '11111111-0000-0000-0000-000000000000');
INSERT INTO documents VALUES (gen_random_uuid(), 'aaaaaaaa-0000-0000-0000-000000000000', 'bbbbbbbb-0000-0000-0000-000000000000');
-- refused
CREATE ROLE editor;
ALTER TABLE team_members ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_editor ON team_members FOR SELECT TO editor USING (user_id = (SELECT nullif(current_setting('app.user_id', true), '')::uuid));
GRANT SELECT ON team_members TO editor;
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON documents FOR SELECT TO app
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid) AND team_id = ANY (ARRAY(SELECT m.team_id FROM team_members m WHERE m.user_id = (SELECT nullif(current_setting('app.user_id', true), '')::uuid))));
GRANT SELECT ON documents TO app;
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 app.user_id=11111111-0000-0000-0000-000000000000 | fails: error 42501 | passes: 1
SELECT count(*) FROM documents
