-- hedgerow: opens public."Tenant", public."User", public."Document", public."FundingRecord", public."Leak"
-- Policy set LOBBYLEAKS for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- table public."Leak"
DO $hedgerow$
BEGIN
    IF to_regclass('public."Leak"') IS NOT NULL THEN
        REVOKE ALL ON TABLE public."Leak" FROM lobby_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS all_lobby_app ON public."Leak";

DROP POLICY IF EXISTS tenant_floor ON public."Leak";

ALTER TABLE IF EXISTS public."Leak" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public."Leak" DISABLE ROW LEVEL SECURITY;

-- table public."FundingRecord"
DO $hedgerow$
BEGIN
    IF to_regclass('public."FundingRecord"') IS NOT NULL THEN
        REVOKE ALL ON TABLE public."FundingRecord" FROM lobby_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS all_lobby_app ON public."FundingRecord";

DROP POLICY IF EXISTS tenant_floor ON public."FundingRecord";

ALTER TABLE IF EXISTS public."FundingRecord" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public."FundingRecord" DISABLE ROW LEVEL SECURITY;

-- table public."Document"
DO $hedgerow$
BEGIN
    IF to_regclass('public."Document"') IS NOT NULL THEN
        REVOKE ALL ON TABLE public."Document" FROM lobby_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS all_lobby_app ON public."Document";

DROP POLICY IF EXISTS tenant_floor ON public."Document";

ALTER TABLE IF EXISTS public."Document" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public."Document" DISABLE ROW LEVEL SECURITY;

-- table public."User"
DO $hedgerow$
BEGIN
    IF to_regclass('public."User"') IS NOT NULL THEN
        REVOKE ALL ON TABLE public."User" FROM lobby_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS all_lobby_app ON public."User";

DROP POLICY IF EXISTS tenant_floor ON public."User";

ALTER TABLE IF EXISTS public."User" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public."User" DISABLE ROW LEVEL SECURITY;

-- table public."Tenant"
DO $hedgerow$
BEGIN
    IF to_regclass('public."Tenant"') IS NOT NULL THEN
        REVOKE ALL ON TABLE public."Tenant" FROM lobby_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS select_lobby_app ON public."Tenant";

DROP POLICY IF EXISTS tenant_floor ON public."Tenant";

ALTER TABLE IF EXISTS public."Tenant" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public."Tenant" DISABLE ROW LEVEL SECURITY;

-- schema public
REVOKE ALL ON SCHEMA public FROM lobby_app;

-- memberships
REVOKE anonymous FROM lobby_login;

REVOKE lobby_app FROM lobby_login;

-- role lobby_login
DO $hedgerow$
BEGIN
    EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM %I', current_database(), 'lobby_login');
END
$hedgerow$;

-- No longer declared under this name. Roles are never dropped.

-- role anonymous
-- No longer declared under this name. Roles are never dropped.

-- role lobby_app
-- No longer declared under this name. Roles are never dropped.

-- role lobby_owner
-- No longer declared under this name. Roles are never dropped.
