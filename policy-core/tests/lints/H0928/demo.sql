-- setup
-- as owner | fails: 0 rows | passes: 0 rows
CREATE FUNCTION internal_secret() RETURNS text LANGUAGE sql SECURITY DEFINER AS $$ SELECT 'of the owner' $$
-- as app | fails: of the owner | passes: error 42501
SELECT internal_secret()
