-- setup
CREATE TABLE templates (id uuid, tenant_id uuid);
INSERT INTO templates VALUES (gen_random_uuid(), 'aaaaaaaa-0000-0000-0000-000000000000');
-- refused
ALTER TABLE templates ALTER tenant_id SET NOT NULL;
ALTER TABLE templates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON templates FOR SELECT TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid) OR tenant_id IS NULL);
GRANT SELECT ON templates TO app;
-- as owner | fails: error 23502 | passes: 1 rows
ALTER TABLE templates NO FORCE ROW LEVEL SECURITY;
INSERT INTO templates VALUES (gen_random_uuid(), NULL)
-- as app app.tenant_id=bbbbbbbb-0000-0000-0000-000000000000 | fails: 0 | passes: 1
SELECT count(*) FROM templates
