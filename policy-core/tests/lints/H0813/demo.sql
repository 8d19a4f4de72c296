-- setup
CREATE TABLE members (team_id uuid, user_id uuid, role text);
INSERT INTO members VALUES ('aaaaaaaa-0000-0000-0000-000000000000', '11111111-0000-0000-0000-000000000000', 'lead');
-- refused
CREATE VIEW leads AS SELECT team_id FROM members;
CREATE VIEW staff AS SELECT l.team_id FROM leads l;
CREATE OR REPLACE VIEW leads AS SELECT s.team_id FROM staff s;
ALTER VIEW leads OWNER TO reader;
ALTER VIEW staff OWNER TO reader;
-- as reader app.user_id=11111111-0000-0000-0000-000000000000 | fails: error 42P17 | passes: 1
SELECT count(*) FROM leads
