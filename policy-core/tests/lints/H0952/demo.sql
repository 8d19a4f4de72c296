-- setup
CREATE SCHEMA work;
CREATE TABLE members (team_id bigint, who text);
GRANT SELECT ON members TO PUBLIC;
CREATE TABLE documents (id bigint, team_id bigint);
INSERT INTO documents VALUES (1, 7)
-- as app app.user=eve | fails: 1 | passes: 0
CREATE TABLE work.members AS SELECT 7::bigint AS team_id, 'eve' AS who;
SELECT count(*) FROM documents
