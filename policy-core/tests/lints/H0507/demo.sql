-- setup
CREATE TABLE accounts (id uuid);
-- refused
ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
-- as owner | fails: 0 rows | passes: 0 rows
CREATE FUNCTION accounts_in_all() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM public.accounts'
-- as stranger | fails: 0 | passes: error 42501
SELECT accounts_in_all()
