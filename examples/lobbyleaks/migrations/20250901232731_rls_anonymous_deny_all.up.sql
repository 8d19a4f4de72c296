-- Policy set LOBBYLEAKS for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- table public."Tenant"
ALTER TABLE public."Tenant" ENABLE ROW LEVEL SECURITY;
ALTER TABLE public."Tenant" FORCE ROW LEVEL SECURITY;

-- table public."User"
ALTER TABLE public."User" ENABLE ROW LEVEL SECURITY;
ALTER TABLE public."User" FORCE ROW LEVEL SECURITY;

-- table public."Document"
ALTER TABLE public."Document" ENABLE ROW LEVEL SECURITY;
ALTER TABLE public."Document" FORCE ROW LEVEL SECURITY;

-- table public."FundingRecord"
ALTER TABLE public."FundingRecord" ENABLE ROW LEVEL SECURITY;
ALTER TABLE public."FundingRecord" FORCE ROW LEVEL SECURITY;

-- table public."Leak"
ALTER TABLE public."Leak" ENABLE ROW LEVEL SECURITY;
ALTER TABLE public."Leak" FORCE ROW LEVEL SECURITY;

-- role lobby_owner
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lobby_owner') THEN
        BEGIN
            CREATE ROLE lobby_owner NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
        EXCEPTION
            -- Another database of this cluster was first.
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    SELECT concat_ws(' ',
        CASE WHEN rolcanlogin THEN 'NOLOGIN' END,
        CASE WHEN NOT rolinherit THEN 'INHERIT' END,
        CASE WHEN rolsuper THEN 'NOSUPERUSER' END,
        CASE WHEN rolcreatedb THEN 'NOCREATEDB' END,
        CASE WHEN rolcreaterole THEN 'NOCREATEROLE' END,
        CASE WHEN rolreplication THEN 'NOREPLICATION' END,
        CASE WHEN rolbypassrls THEN 'NOBYPASSRLS' END,
        CASE WHEN rolconnlimit <> -1 THEN 'CONNECTION LIMIT -1' END
    ) INTO wrong FROM pg_roles WHERE rolname = 'lobby_owner';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'lobby_owner', wrong);
    END IF;
END
$hedgerow$;

-- role lobby_app
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lobby_app') THEN
        BEGIN
            CREATE ROLE lobby_app NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
        EXCEPTION
            -- Another database of this cluster was first.
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    SELECT concat_ws(' ',
        CASE WHEN rolcanlogin THEN 'NOLOGIN' END,
        CASE WHEN NOT rolinherit THEN 'INHERIT' END,
        CASE WHEN rolsuper THEN 'NOSUPERUSER' END,
        CASE WHEN rolcreatedb THEN 'NOCREATEDB' END,
        CASE WHEN rolcreaterole THEN 'NOCREATEROLE' END,
        CASE WHEN rolreplication THEN 'NOREPLICATION' END,
        CASE WHEN rolbypassrls THEN 'NOBYPASSRLS' END,
        CASE WHEN rolconnlimit <> -1 THEN 'CONNECTION LIMIT -1' END
    ) INTO wrong FROM pg_roles WHERE rolname = 'lobby_app';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'lobby_app', wrong);
    END IF;
END
$hedgerow$;

-- role anonymous
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'anonymous') THEN
        BEGIN
            CREATE ROLE anonymous NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
        EXCEPTION
            -- Another database of this cluster was first.
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    SELECT concat_ws(' ',
        CASE WHEN rolcanlogin THEN 'NOLOGIN' END,
        CASE WHEN NOT rolinherit THEN 'INHERIT' END,
        CASE WHEN rolsuper THEN 'NOSUPERUSER' END,
        CASE WHEN rolcreatedb THEN 'NOCREATEDB' END,
        CASE WHEN rolcreaterole THEN 'NOCREATEROLE' END,
        CASE WHEN rolreplication THEN 'NOREPLICATION' END,
        CASE WHEN rolbypassrls THEN 'NOBYPASSRLS' END,
        CASE WHEN rolconnlimit <> -1 THEN 'CONNECTION LIMIT -1' END
    ) INTO wrong FROM pg_roles WHERE rolname = 'anonymous';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'anonymous', wrong);
    END IF;
END
$hedgerow$;

-- role lobby_login
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lobby_login') THEN
        BEGIN
            CREATE ROLE lobby_login LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
        EXCEPTION
            -- Another database of this cluster was first.
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    SELECT concat_ws(' ',
        CASE WHEN NOT rolcanlogin THEN 'LOGIN' END,
        CASE WHEN rolinherit THEN 'NOINHERIT' END,
        CASE WHEN rolsuper THEN 'NOSUPERUSER' END,
        CASE WHEN rolcreatedb THEN 'NOCREATEDB' END,
        CASE WHEN rolcreaterole THEN 'NOCREATEROLE' END,
        CASE WHEN rolreplication THEN 'NOREPLICATION' END,
        CASE WHEN rolbypassrls THEN 'NOBYPASSRLS' END,
        CASE WHEN rolconnlimit <> -1 THEN 'CONNECTION LIMIT -1' END
    ) INTO wrong FROM pg_roles WHERE rolname = 'lobby_login';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'lobby_login', wrong);
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_database AS d, aclexplode(d.datacl) AS a JOIN pg_roles AS r ON r.oid = a.grantee
        WHERE d.datname = current_database() AND r.rolname = 'lobby_login' AND a.privilege_type = 'CONNECT'
    ) THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), 'lobby_login');
    END IF;
END
$hedgerow$;

-- memberships
GRANT lobby_app TO lobby_login;

GRANT anonymous TO lobby_login;

-- table public."Tenant"
DROP POLICY IF EXISTS tenant_floor ON public."Tenant";
CREATE POLICY tenant_floor ON public."Tenant" AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (code = (SELECT nullif(current_setting('app.current_tenant', true), '')));

DROP POLICY IF EXISTS select_lobby_app ON public."Tenant";
CREATE POLICY select_lobby_app ON public."Tenant" FOR SELECT TO lobby_app
    USING (code = (SELECT nullif(current_setting('app.current_tenant', true), '')));

-- table public."User"
DROP POLICY IF EXISTS tenant_floor ON public."User";
CREATE POLICY tenant_floor ON public."User" AS RESTRICTIVE FOR ALL TO PUBLIC
    USING ("tenantCode" = (SELECT nullif(current_setting('app.current_tenant', true), '')));

DROP POLICY IF EXISTS all_lobby_app ON public."User";
CREATE POLICY all_lobby_app ON public."User" FOR ALL TO lobby_app
    USING ("tenantCode" = (SELECT nullif(current_setting('app.current_tenant', true), '')));

-- table public."Document"
DROP POLICY IF EXISTS tenant_floor ON public."Document";
CREATE POLICY tenant_floor ON public."Document" AS RESTRICTIVE FOR ALL TO PUBLIC
    USING ("tenantCode" = (SELECT nullif(current_setting('app.current_tenant', true), '')));

DROP POLICY IF EXISTS all_lobby_app ON public."Document";
CREATE POLICY all_lobby_app ON public."Document" FOR ALL TO lobby_app
    USING ("tenantCode" = (SELECT nullif(current_setting('app.current_tenant', true), '')));

-- table public."FundingRecord"
DROP POLICY IF EXISTS tenant_floor ON public."FundingRecord";
CREATE POLICY tenant_floor ON public."FundingRecord" AS RESTRICTIVE FOR ALL TO PUBLIC
    USING ("tenantCode" = (SELECT nullif(current_setting('app.current_tenant', true), '')));

DROP POLICY IF EXISTS all_lobby_app ON public."FundingRecord";
CREATE POLICY all_lobby_app ON public."FundingRecord" FOR ALL TO lobby_app
    USING ("tenantCode" = (SELECT nullif(current_setting('app.current_tenant', true), '')));

-- table public."Leak"
DROP POLICY IF EXISTS tenant_floor ON public."Leak";
CREATE POLICY tenant_floor ON public."Leak" AS RESTRICTIVE FOR ALL TO PUBLIC
    USING ("tenantCode" = (SELECT nullif(current_setting('app.current_tenant', true), '')));

DROP POLICY IF EXISTS all_lobby_app ON public."Leak";
CREATE POLICY all_lobby_app ON public."Leak" FOR ALL TO lobby_app
    USING ("tenantCode" = (SELECT nullif(current_setting('app.current_tenant', true), '')));

-- schema public
REVOKE ALL ON SCHEMA public FROM lobby_app;
GRANT USAGE ON SCHEMA public TO lobby_app;

-- table public."Tenant"
REVOKE ALL ON TABLE public."Tenant" FROM PUBLIC;

REVOKE ALL ON TABLE public."Tenant" FROM lobby_app;
GRANT SELECT ON TABLE public."Tenant" TO lobby_app;

-- table public."User"
REVOKE ALL ON TABLE public."User" FROM PUBLIC;

REVOKE ALL ON TABLE public."User" FROM lobby_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."User" TO lobby_app;

-- table public."Document"
REVOKE ALL ON TABLE public."Document" FROM PUBLIC;

REVOKE ALL ON TABLE public."Document" FROM lobby_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."Document" TO lobby_app;

-- table public."FundingRecord"
REVOKE ALL ON TABLE public."FundingRecord" FROM PUBLIC;

REVOKE ALL ON TABLE public."FundingRecord" FROM lobby_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."FundingRecord" TO lobby_app;

-- table public."Leak"
REVOKE ALL ON TABLE public."Leak" FROM PUBLIC;

REVOKE ALL ON TABLE public."Leak" FROM lobby_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."Leak" TO lobby_app;
