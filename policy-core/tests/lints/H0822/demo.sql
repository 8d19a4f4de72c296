-- setup
CREATE TABLE documents (id uuid, tenant_id uuid, status text);
-- refused
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE OR REPLACE TRIGGER after_update AFTER UPDATE OF status ON documents FOR EACH ROW EXECUTE FUNCTION touch();
CREATE OR REPLACE TRIGGER after_update AFTER UPDATE ON documents FOR EACH STATEMENT EXECUTE FUNCTION touch();
-- as owner | fails: 1 | passes: 2
SELECT count(*) FROM pg_trigger WHERE tgrelid = 'documents'::regclass
