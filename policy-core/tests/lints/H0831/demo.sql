-- setup
CREATE TABLE documents (id uuid, tenant_id uuid);
CREATE TABLE patches (id bigint, tenant_id uuid, table_name text, row_id text);
INSERT INTO documents VALUES ('11111111-0000-0000-0000-000000000000', 'aaaaaaaa-0000-0000-0000-000000000000');
-- refused
GRANT INSERT ON patches TO app;
CREATE FUNCTION log_patches() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO patches VALUES (new.id, new.tenant_id, 'patches', new.id);
    RETURN NULL;
END $$;
CREATE TRIGGER log_patches AFTER INSERT ON patches FOR EACH ROW EXECUTE FUNCTION log_patches();
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: error 54001 | passes: 1 rows
INSERT INTO patches VALUES (1, 'aaaaaaaa-0000-0000-0000-000000000000', 'documents', '11111111-0000-0000-0000-000000000000')
