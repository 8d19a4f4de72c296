-- setup
CREATE TABLE documents (id bigint, team_id bigint);
INSERT INTO documents VALUES (1, 7)
-- as app request.jwt.claims={"user_metadata":{"team":7},"app_metadata":{"team":1}} | fails: 1 | passes: 0
SELECT count(*) FROM documents
