-- Policy set LOBBYLEAKS for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- role lobby_login
ALTER ROLE lobby_login SET search_path = 'public';

-- schema public
REVOKE USAGE, CREATE ON SCHEMA public FROM PUBLIC;

REVOKE CREATE ON SCHEMA public FROM anonymous;
