-- Policy set LOBBYLEAKS for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- view public.leaks_public_v
REVOKE ALL ON TABLE public.leaks_public_v FROM anonymous;
GRANT SELECT ON TABLE public.leaks_public_v TO anonymous;
