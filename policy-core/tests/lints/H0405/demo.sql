-- setup
CREATE TABLE invoices (id uuid, tenant_id uuid);
INSERT INTO invoices VALUES (gen_random_uuid(), 'aaaaaaaa-0000-0000-0000-000000000000'), (gen_random_uuid(), 'bbbbbbbb-0000-0000-0000-000000000000');
-- refused
ALTER TABLE invoices ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_public ON invoices FOR SELECT USING (true);
GRANT SELECT ON invoices TO PUBLIC;
-- as stranger app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 2 | passes: error 42501
SELECT count(*) FROM invoices
-- as worker app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 2 | passes: 2
SELECT count(*) FROM invoices
