-- setup
CREATE SCHEMA crm;
CREATE TABLE crm.contacts (id uuid, tenant_id uuid);
INSERT INTO crm.contacts VALUES (gen_random_uuid(), 'aaaaaaaa-0000-0000-0000-000000000000');
-- refused
ALTER TABLE crm.contacts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON crm.contacts FOR SELECT TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT ON crm.contacts TO app;
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: error 42501 | passes: 1
SELECT count(*) FROM crm.contacts
