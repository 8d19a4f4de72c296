-- setup
CREATE TABLE documents (tenant_id uuid, org_id uuid, title text);
INSERT INTO documents VALUES ('aaaaaaaa-0000-0000-0000-000000000000', 'bbbbbbbb-0000-0000-0000-000000000000', 'ours'), ('bbbbbbbb-0000-0000-0000-000000000000', 'bbbbbbbb-0000-0000-0000-000000000000', 'theirs');
-- refused
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON documents FOR SELECT TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid) AND org_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT ON documents TO app;
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 app.tenant_id=bbbbbbbb-0000-0000-0000-000000000000 | fails: theirs
SELECT string_agg(title, ',') FROM documents
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 app.org_id=bbbbbbbb-0000-0000-0000-000000000000 | passes: ours
SELECT string_agg(title, ',') FROM documents
