-- Policy set LOBBYLEAKS for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- role leaks_reader
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'leaks_reader') THEN
        BEGIN
            CREATE ROLE leaks_reader NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'leaks_reader';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'leaks_reader', wrong);
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF NOT pg_has_role(current_user, 'leaks_reader', 'USAGE') THEN
        GRANT leaks_reader TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT pg_has_role(current_user, 'leaks_reader', 'USAGE') OR NOT pg_has_role(current_user, 'leaks_reader', 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', 'leaks_reader');
        END IF;
    END IF;
END
$hedgerow$;

-- view public.leaks_public_v
CREATE OR REPLACE VIEW public.leaks_public_v (id, title, "tenantCode", "createdAt") WITH (security_barrier = true) AS
    SELECT l.id, l.title, l."tenantCode", l."createdAt"
    FROM public."Leak" AS l
    WHERE l.status = 'public'
        AND l."tenantCode" = (SELECT nullif(current_setting('app.current_tenant', true), ''));

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(c.relowner) FROM pg_class AS c WHERE c.oid = to_regclass('public.leaks_public_v')) IS DISTINCT FROM 'leaks_reader' THEN
        IF has_schema_privilege('leaks_reader', 'public', 'CREATE') THEN
            ALTER VIEW public.leaks_public_v OWNER TO leaks_reader;
        ELSE
            GRANT CREATE ON SCHEMA public TO leaks_reader;
            ALTER VIEW public.leaks_public_v OWNER TO leaks_reader;
            REVOKE CREATE ON SCHEMA public FROM leaks_reader;
        END IF;
    END IF;
END
$hedgerow$;

-- table public."Leak"
DROP POLICY IF EXISTS select_leaks_reader ON public."Leak";
CREATE POLICY select_leaks_reader ON public."Leak" FOR SELECT TO leaks_reader
    USING (
        "tenantCode" = (SELECT nullif(current_setting('app.current_tenant', true), ''))
        AND status = 'public'
    );

-- schema public
REVOKE ALL ON SCHEMA public FROM leaks_reader;
GRANT USAGE ON SCHEMA public TO leaks_reader;

-- view public.leaks_public_v
REVOKE ALL ON TABLE public.leaks_public_v FROM PUBLIC;

-- table public."Leak"
REVOKE ALL ON TABLE public."Leak" FROM leaks_reader;
GRANT SELECT (id, title, status, "tenantCode", "createdAt") ON TABLE public."Leak" TO leaks_reader;
