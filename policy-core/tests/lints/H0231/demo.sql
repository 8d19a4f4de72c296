-- setup
CREATE TABLE documents (id uuid, deleted_at timestamptz);
INSERT INTO documents VALUES (gen_random_uuid(), NULL), (gen_random_uuid(), now());
-- refused
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON documents FOR SELECT TO app USING (deleted_at = NULL);
GRANT SELECT ON documents TO app;
-- as app | fails: 0 | passes: 1
SELECT count(*) FROM documents
