-- Policy set LOBBYLEAKS for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- table public."Leak"
DO $hedgerow$
BEGIN
    IF to_regclass('public."Leak"') IS NOT NULL THEN
        REVOKE ALL ON TABLE public."Leak" FROM leaks_reader;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS select_leaks_reader ON public."Leak";

-- schema public
REVOKE ALL ON SCHEMA public FROM leaks_reader;

-- role leaks_reader
-- No longer declared under this name. Roles are never dropped.

-- view public.leaks_public_v
DROP VIEW IF EXISTS public.leaks_public_v;
