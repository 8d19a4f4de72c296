-- setup
CREATE TABLE documents (id uuid, tenant_id uuid, owner_id uuid, title text, secret text, status text);
INSERT INTO documents VALUES (gen_random_uuid(), 'aaaaaaaa-0000-0000-0000-000000000000', '22222222-0000-0000-0000-000000000000', 'Minutes', 'the vote', 'public');
-- refused
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY public_part ON documents FOR SELECT TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid) AND status = 'public');
CREATE POLICY own ON documents FOR SELECT TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid) AND owner_id = (SELECT nullif(current_setting('app.user_id', true), '')::uuid));
GRANT SELECT (id, title) ON documents TO app;
GRANT SELECT ON documents TO app;
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 app.user_id=11111111-0000-0000-0000-000000000000 | fails: Minutes | passes: Minutes
SELECT title FROM documents
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 app.user_id=11111111-0000-0000-0000-000000000000 | fails: the vote | passes: error 42501
SELECT secret FROM documents
