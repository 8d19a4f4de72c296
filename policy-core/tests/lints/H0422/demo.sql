-- setup
CREATE TABLE members (team_id uuid, user_id uuid, role text);
CREATE TABLE documents (id uuid, team_id uuid);
INSERT INTO members VALUES (md5('1')::uuid, '11111111-0000-0000-0000-000000000000', 'lead');
INSERT INTO documents SELECT gen_random_uuid(), md5((n % 500)::text)::uuid FROM generate_series(1, 20000) AS n;
CREATE INDEX ON documents (team_id);
ANALYZE members, documents;
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: 40 | passes: 40
SELECT count(*) FROM documents
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: has Seq Scan on documents | passes: has Index Cond: (team_id = ANY
EXPLAIN SELECT id FROM documents
