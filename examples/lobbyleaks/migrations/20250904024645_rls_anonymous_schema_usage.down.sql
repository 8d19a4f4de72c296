-- Policy set LOBBYLEAKS for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- schema public
REVOKE ALL ON SCHEMA public FROM anonymous;
