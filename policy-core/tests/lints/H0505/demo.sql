-- setup
CREATE TABLE documents (id uuid, tenant_id uuid);
INSERT INTO documents VALUES (gen_random_uuid(), '8b1c1d4e-55a1-4a0e-b0b5-3a6f1c1f0d3e');
-- refused
ALTER ROLE web SET app.tenant_id = '8b1c1d4e-55a1-4a0e-b0b5-3a6f1c1f0d3e';
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_web ON documents FOR SELECT TO web USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT ON documents TO web;
-- login web | fails: 1 | passes: 0
SELECT count(*) FROM documents
