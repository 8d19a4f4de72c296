-- setup
CREATE TABLE documents (id uuid, tenant_id uuid);
CREATE TABLE patches (id bigint, tenant_id uuid, table_name text, row_id text);
-- refused
CREATE ROLE audit_writer;
ALTER TABLE documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY all_app ON documents TO app USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON documents TO app;
ALTER TABLE patches ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY insert_audit_writer ON patches FOR INSERT TO audit_writer WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT INSERT ON patches TO audit_writer;
CREATE FUNCTION log_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO patches (tenant_id, table_name, row_id) VALUES (new.tenant_id, tg_table_name, new.id);
    RETURN NULL;
END $$;
ALTER FUNCTION log_row() OWNER TO audit_writer;
CREATE TRIGGER log_row AFTER INSERT ON documents FOR EACH ROW EXECUTE FUNCTION log_row();
CREATE TRIGGER log_row AFTER INSERT ON patches FOR EACH ROW EXECUTE FUNCTION log_row();
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: error 54001 | passes: 1 rows
INSERT INTO documents VALUES ('11111111-0000-0000-0000-000000000000', 'aaaaaaaa-0000-0000-0000-000000000000')
