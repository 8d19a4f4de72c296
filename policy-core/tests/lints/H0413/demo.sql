-- setup
CREATE TABLE invoices (id uuid, tenant_id uuid);
INSERT INTO invoices VALUES (gen_random_uuid(), 'aaaaaaaa-0000-0000-0000-000000000000'), (gen_random_uuid(), 'bbbbbbbb-0000-0000-0000-000000000000');
-- refused
GRANT app TO billing;
ALTER TABLE invoices ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_floor ON invoices AS RESTRICTIVE TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY select_app ON invoices FOR SELECT TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY select_billing ON invoices FOR SELECT TO billing USING (true);
GRANT SELECT ON invoices TO app, billing;
-- as billing app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 1 | passes: 2
SELECT count(*) FROM invoices
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 1 | passes: 1
SELECT count(*) FROM invoices
