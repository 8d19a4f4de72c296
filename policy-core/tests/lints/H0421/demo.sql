-- setup
CREATE TABLE notes (id uuid, user_id uuid, body text);
-- refused
ALTER TABLE notes ALTER user_id SET DEFAULT nullif(current_setting('app.user_id', true), '')::uuid;
ALTER TABLE notes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON notes FOR SELECT TO app USING (true);
CREATE POLICY insert_app ON notes FOR INSERT TO app WITH CHECK (true);
GRANT SELECT, INSERT ON notes TO app;
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: 11111111-0000-0000-0000-000000000000 | passes: 11111111-0000-0000-0000-000000000000
INSERT INTO notes (body) VALUES ('mine') RETURNING user_id
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: 22222222-0000-0000-0000-000000000000 | passes: error 42501
INSERT INTO notes (body, user_id) VALUES ('theirs', '22222222-0000-0000-0000-000000000000') RETURNING user_id
