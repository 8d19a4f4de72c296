-- setup
CREATE TABLE documents (id uuid, expires_at timestamptz);
INSERT INTO documents VALUES (gen_random_uuid(), clock_timestamp());
-- refused
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON documents FOR SELECT TO app USING (expires_at > 'now');
GRANT SELECT ON documents TO app;
UPDATE documents SET expires_at = clock_timestamp();
-- as app | fails: 1 | passes: 0
SELECT count(*) FROM documents
