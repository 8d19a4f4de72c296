-- setup
-- refused
GRANT USAGE ON SCHEMA public TO app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO app;
-- as owner | fails: 0 rows | passes: 0 rows
CREATE TABLE later (id uuid)
-- as app | fails: error 42501 | passes: 0
SELECT count(*) FROM later
