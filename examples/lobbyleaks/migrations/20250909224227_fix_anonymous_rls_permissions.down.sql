-- Policy set LOBBYLEAKS for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- view public.leaks_public_v
DO $hedgerow$
BEGIN
    IF to_regclass('public.leaks_public_v') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.leaks_public_v FROM anonymous;
    END IF;
END
$hedgerow$;
