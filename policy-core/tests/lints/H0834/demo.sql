-- setup
CREATE TABLE documents (id uuid, tenant_id uuid);
CREATE TABLE patches (id bigint, tenant_id uuid, table_name text, row_id text);
-- refused
CREATE ROLE audit_writer;
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY all_app ON documents TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON documents TO app;
ALTER TABLE patches ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON patches FOR SELECT TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT ON patches TO app;
CREATE FUNCTION log_documents() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO patches (tenant_id, table_name, row_id) VALUES (new.tenant_id, 'documents', new.id);
    RETURN NULL;
END $$;
ALTER FUNCTION log_documents() OWNER TO audit_writer;
CREATE TRIGGER log_documents AFTER INSERT ON documents FOR EACH ROW EXECUTE FUNCTION log_documents();
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: error 42501 | passes: 1 rows
INSERT INTO documents VALUES ('11111111-0000-0000-0000-000000000000', 'aaaaaaaa-0000-0000-0000-000000000000')
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 0 | passes: 1
SELECT count(*) FROM patches
