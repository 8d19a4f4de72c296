-- Policy set LOBBYLEAKS for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- role lobby_login
ALTER ROLE lobby_login RESET search_path;
