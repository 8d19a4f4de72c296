-- Policy set SYNC for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- table public.todos
ALTER TABLE public.todos ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.todos FORCE ROW LEVEL SECURITY;

-- table public.todo_shares
ALTER TABLE public.todo_shares ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.todo_shares FORCE ROW LEVEL SECURITY;

-- table public.notes
ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.notes FORCE ROW LEVEL SECURITY;

-- table synchrotron.action_records
ALTER TABLE synchrotron.action_records ENABLE ROW LEVEL SECURITY;
ALTER TABLE synchrotron.action_records FORCE ROW LEVEL SECURITY;

-- table synchrotron.action_modified_rows
ALTER TABLE synchrotron.action_modified_rows ENABLE ROW LEVEL SECURITY;
ALTER TABLE synchrotron.action_modified_rows FORCE ROW LEVEL SECURITY;

-- table synchrotron.client_sync_status
ALTER TABLE synchrotron.client_sync_status ENABLE ROW LEVEL SECURITY;
ALTER TABLE synchrotron.client_sync_status FORCE ROW LEVEL SECURITY;

-- table synchrotron.todo_patches
ALTER TABLE synchrotron.todo_patches ENABLE ROW LEVEL SECURITY;
ALTER TABLE synchrotron.todo_patches FORCE ROW LEVEL SECURITY;

-- table synchrotron.note_patches
ALTER TABLE synchrotron.note_patches ENABLE ROW LEVEL SECURITY;
ALTER TABLE synchrotron.note_patches FORCE ROW LEVEL SECURITY;

-- table synchrotron.bare_patches
ALTER TABLE synchrotron.bare_patches ENABLE ROW LEVEL SECURITY;
ALTER TABLE synchrotron.bare_patches FORCE ROW LEVEL SECURITY;

-- role synchrotron_owner
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'synchrotron_owner') THEN
        BEGIN
            CREATE ROLE synchrotron_owner NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'synchrotron_owner';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'synchrotron_owner', wrong);
    END IF;
END
$hedgerow$;

-- role synchrotron_app
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'synchrotron_app') THEN
        BEGIN
            CREATE ROLE synchrotron_app NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'synchrotron_app';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'synchrotron_app', wrong);
    END IF;
END
$hedgerow$;

-- role synchrotron_login
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'synchrotron_login') THEN
        BEGIN
            CREATE ROLE synchrotron_login LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'synchrotron_login';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'synchrotron_login', wrong);
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_database AS d, aclexplode(d.datacl) AS a JOIN pg_roles AS r ON r.oid = a.grantee
        WHERE d.datname = current_database() AND r.rolname = 'synchrotron_login' AND a.privilege_type = 'CONNECT'
    ) THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), 'synchrotron_login');
    END IF;
END
$hedgerow$;

-- role synchrotron_shapes
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'synchrotron_shapes') THEN
        BEGIN
            CREATE ROLE synchrotron_shapes NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'synchrotron_shapes';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'synchrotron_shapes', wrong);
    END IF;
END
$hedgerow$;

-- role synchrotron_electric
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'synchrotron_electric') THEN
        BEGIN
            CREATE ROLE synchrotron_electric LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'synchrotron_electric';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'synchrotron_electric', wrong);
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_database AS d, aclexplode(d.datacl) AS a JOIN pg_roles AS r ON r.oid = a.grantee
        WHERE d.datname = current_database() AND r.rolname = 'synchrotron_electric' AND a.privilege_type = 'CONNECT'
    ) THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), 'synchrotron_electric');
    END IF;
END
$hedgerow$;

-- role synchrotron_materializer
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'synchrotron_materializer') THEN
        BEGIN
            CREATE ROLE synchrotron_materializer NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'synchrotron_materializer';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'synchrotron_materializer', wrong);
    END IF;
END
$hedgerow$;

-- role synchrotron_worker
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'synchrotron_worker') THEN
        BEGIN
            CREATE ROLE synchrotron_worker LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'synchrotron_worker';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'synchrotron_worker', wrong);
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_database AS d, aclexplode(d.datacl) AS a JOIN pg_roles AS r ON r.oid = a.grantee
        WHERE d.datname = current_database() AND r.rolname = 'synchrotron_worker' AND a.privilege_type = 'CONNECT'
    ) THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), 'synchrotron_worker');
    END IF;
END
$hedgerow$;

-- role synchrotron_args_reader
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'synchrotron_args_reader') THEN
        BEGIN
            CREATE ROLE synchrotron_args_reader NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'synchrotron_args_reader';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'synchrotron_args_reader', wrong);
    END IF;
END
$hedgerow$;

-- memberships
GRANT synchrotron_app TO synchrotron_login;

GRANT synchrotron_shapes TO synchrotron_electric;

GRANT synchrotron_materializer TO synchrotron_worker;

-- role synchrotron_owner
DO $hedgerow$
BEGIN
    IF NOT pg_has_role(current_user, 'synchrotron_owner', 'USAGE') THEN
        GRANT synchrotron_owner TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT pg_has_role(current_user, 'synchrotron_owner', 'USAGE') OR NOT pg_has_role(current_user, 'synchrotron_owner', 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', 'synchrotron_owner');
        END IF;
    END IF;
END
$hedgerow$;

-- role synchrotron_args_reader
DO $hedgerow$
BEGIN
    IF NOT pg_has_role(current_user, 'synchrotron_args_reader', 'USAGE') THEN
        GRANT synchrotron_args_reader TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT pg_has_role(current_user, 'synchrotron_args_reader', 'USAGE') OR NOT pg_has_role(current_user, 'synchrotron_args_reader', 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', 'synchrotron_args_reader');
        END IF;
    END IF;
END
$hedgerow$;

-- function synchrotron.row_visible(text, text)
CREATE OR REPLACE FUNCTION synchrotron.row_visible(table_name text, row_id text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY INVOKER
    SET search_path = pg_catalog, pg_temp
AS $hedgerow$
SELECT CASE $1
    WHEN 'todos' THEN EXISTS (SELECT 1 FROM public.todos AS seen WHERE seen.id = CASE WHEN $2 ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN $2::uuid END)
    WHEN 'notes' THEN EXISTS (SELECT 1 FROM public.notes AS seen WHERE seen.id = $2)
    ELSE false
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('synchrotron.row_visible(text, text)')) IS DISTINCT FROM 'synchrotron_owner' THEN
        IF has_schema_privilege('synchrotron_owner', 'synchrotron', 'CREATE') THEN
            ALTER FUNCTION synchrotron.row_visible(text, text) OWNER TO synchrotron_owner;
        ELSE
            GRANT CREATE ON SCHEMA synchrotron TO synchrotron_owner;
            ALTER FUNCTION synchrotron.row_visible(text, text) OWNER TO synchrotron_owner;
            REVOKE CREATE ON SCHEMA synchrotron FROM synchrotron_owner;
        END IF;
    END IF;
END
$hedgerow$;

-- function synchrotron.apply_patch(uuid, text, text, text, jsonb, jsonb)
CREATE OR REPLACE FUNCTION synchrotron.apply_patch(action_record_id uuid, table_name text, row_id text, operation text, forward_patches jsonb, reverse_patches jsonb) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY INVOKER
    SET search_path = pg_catalog, pg_temp
AS $hedgerow$
-- A patch as the user whose patch it is: the row, and the line of the log. No action is run here.
DECLARE
    removed boolean := operation = 'delete';
BEGIN
    -- The log reads the row: before it goes, after it has come.
    IF removed THEN
        INSERT INTO synchrotron.action_modified_rows (action_record_id, table_name, row_id, operation, forward_patches, reverse_patches)
        VALUES (action_record_id, table_name, row_id, operation, forward_patches, reverse_patches);
    END IF;
    IF synchrotron.write_row(table_name, row_id, operation, forward_patches) <> 1 THEN
        RAISE insufficient_privilege USING MESSAGE = format('no row %L of %I that the caller may %s', row_id, table_name, operation);
    END IF;
    IF NOT removed THEN
        INSERT INTO synchrotron.action_modified_rows (action_record_id, table_name, row_id, operation, forward_patches, reverse_patches)
        VALUES (action_record_id, table_name, row_id, operation, forward_patches, reverse_patches);
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('synchrotron.apply_patch(uuid, text, text, text, jsonb, jsonb)')) IS DISTINCT FROM 'synchrotron_owner' THEN
        IF has_schema_privilege('synchrotron_owner', 'synchrotron', 'CREATE') THEN
            ALTER FUNCTION synchrotron.apply_patch(uuid, text, text, text, jsonb, jsonb) OWNER TO synchrotron_owner;
        ELSE
            GRANT CREATE ON SCHEMA synchrotron TO synchrotron_owner;
            ALTER FUNCTION synchrotron.apply_patch(uuid, text, text, text, jsonb, jsonb) OWNER TO synchrotron_owner;
            REVOKE CREATE ON SCHEMA synchrotron FROM synchrotron_owner;
        END IF;
    END IF;
END
$hedgerow$;

-- function synchrotron.write_row(text, text, text, jsonb)
CREATE OR REPLACE FUNCTION synchrotron.write_row(table_name text, row_id text, operation text, patch jsonb) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY INVOKER
    SET search_path = pg_catalog, pg_temp
AS $hedgerow$
-- One change of one row, with the caller's rights: which tables is said here, which columns and rows by grants and policies.
DECLARE
    target regclass := CASE table_name WHEN 'todos' THEN 'public.todos'::regclass WHEN 'notes' THEN 'public.notes'::regclass END;
    names text;
    written bigint;
BEGIN
    IF target IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = format('no patches are taken for %I', table_name);
    END IF;
    IF operation = 'insert' THEN
        patch := patch || jsonb_build_object('id', row_id);
    END IF;
    SELECT string_agg(quote_ident(key), ', ') INTO names FROM jsonb_object_keys(patch) AS key;
    CASE operation
        WHEN 'insert' THEN
            EXECUTE format('INSERT INTO %1$s (%2$s) SELECT %2$s FROM jsonb_populate_record(NULL::%1$s, $1)', target, names)
                USING patch;
        WHEN 'update' THEN
            EXECUTE format(
                'UPDATE %1$s SET (%2$s) = (SELECT %2$s FROM jsonb_populate_record(NULL::%1$s, $1))
                 WHERE id = (jsonb_populate_record(NULL::%1$s, $2)).id', target, names)
                USING patch, jsonb_build_object('id', row_id);
        WHEN 'delete' THEN
            EXECUTE format('DELETE FROM %1$s WHERE id = (jsonb_populate_record(NULL::%1$s, $1)).id', target)
                USING jsonb_build_object('id', row_id);
    END CASE;
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('synchrotron.write_row(text, text, text, jsonb)')) IS DISTINCT FROM 'synchrotron_owner' THEN
        IF has_schema_privilege('synchrotron_owner', 'synchrotron', 'CREATE') THEN
            ALTER FUNCTION synchrotron.write_row(text, text, text, jsonb) OWNER TO synchrotron_owner;
        ELSE
            GRANT CREATE ON SCHEMA synchrotron TO synchrotron_owner;
            ALTER FUNCTION synchrotron.write_row(text, text, text, jsonb) OWNER TO synchrotron_owner;
            REVOKE CREATE ON SCHEMA synchrotron FROM synchrotron_owner;
        END IF;
    END IF;
END
$hedgerow$;

-- function synchrotron.materialize()
CREATE OR REPLACE FUNCTION synchrotron.materialize() RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY INVOKER
    SET search_path = pg_catalog, pg_temp
AS $hedgerow$
-- The rows of every tenant, from the log. Scope and key are those of the log, never those of a patch; columns that no patch
-- names stay as they are. A patch that does not fit its table is one user's fault, and stops nobody else's.
DECLARE
    entry record;
    patch jsonb;
    written bigint;
    applied bigint := 0;
BEGIN
    FOR entry IN SELECT * FROM synchrotron.action_modified_rows ORDER BY id LOOP
        patch := entry.forward_patches - 'id' || jsonb_build_object('tenant_id', entry.tenant_id, 'user_id', entry.user_id);
        BEGIN
            -- By itself: of `written = 0 AND ..` SQL may leave out the first half.
            written := synchrotron.write_row(entry.table_name, entry.row_id, replace(entry.operation, 'insert', 'update'), patch);
            IF written = 0 AND entry.operation = 'insert' THEN
                PERFORM synchrotron.write_row(entry.table_name, entry.row_id, 'insert', patch);
            END IF;
            applied := applied + 1;
        EXCEPTION
            WHEN data_exception OR integrity_constraint_violation OR undefined_column THEN
                RAISE WARNING 'patch % is left out: %', entry.id, SQLERRM;
        END;
    END LOOP;
    RETURN applied;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('synchrotron.materialize()')) IS DISTINCT FROM 'synchrotron_owner' THEN
        IF has_schema_privilege('synchrotron_owner', 'synchrotron', 'CREATE') THEN
            ALTER FUNCTION synchrotron.materialize() OWNER TO synchrotron_owner;
        ELSE
            GRANT CREATE ON SCHEMA synchrotron TO synchrotron_owner;
            ALTER FUNCTION synchrotron.materialize() OWNER TO synchrotron_owner;
            REVOKE CREATE ON SCHEMA synchrotron FROM synchrotron_owner;
        END IF;
    END IF;
END
$hedgerow$;

-- function synchrotron.copy_patch()
CREATE OR REPLACE FUNCTION synchrotron.copy_patch() RETURNS trigger
    LANGUAGE plpgsql VOLATILE SECURITY INVOKER
    SET search_path = pg_catalog, pg_temp
AS $hedgerow$
-- The same patch into the other two shapes of the log, as the same user.
BEGIN
    CASE NEW.table_name
        WHEN 'todos' THEN
            INSERT INTO synchrotron.todo_patches (id, todo_id, operation, forward_patches)
            VALUES (NEW.id, NEW.row_id::uuid, NEW.operation, NEW.forward_patches);
        WHEN 'notes' THEN
            INSERT INTO synchrotron.note_patches (id, note_id, operation, forward_patches)
            VALUES (NEW.id, NEW.row_id, NEW.operation, NEW.forward_patches);
    END CASE;
    INSERT INTO synchrotron.bare_patches (id, table_name, row_id, operation, forward_patches)
    VALUES (NEW.id, NEW.table_name, NEW.row_id, NEW.operation, NEW.forward_patches);
    RETURN NULL;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('synchrotron.copy_patch()')) IS DISTINCT FROM 'synchrotron_owner' THEN
        IF has_schema_privilege('synchrotron_owner', 'synchrotron', 'CREATE') THEN
            ALTER FUNCTION synchrotron.copy_patch() OWNER TO synchrotron_owner;
        ELSE
            GRANT CREATE ON SCHEMA synchrotron TO synchrotron_owner;
            ALTER FUNCTION synchrotron.copy_patch() OWNER TO synchrotron_owner;
            REVOKE CREATE ON SCHEMA synchrotron FROM synchrotron_owner;
        END IF;
    END IF;
END
$hedgerow$;

-- function synchrotron.action_modified_row_fill()
CREATE OR REPLACE FUNCTION synchrotron.action_modified_row_fill() RETURNS trigger
    LANGUAGE plpgsql SECURITY INVOKER
    SET search_path = pg_catalog, pg_temp
AS $hedgerow$
BEGIN
    CASE NEW.table_name
    WHEN 'todos' THEN
        SELECT seen.id::text, seen.tenant_id, seen.user_id INTO NEW.row_id, NEW.tenant_id, NEW.user_id
        FROM public.todos AS seen WHERE seen.id = CASE WHEN NEW.row_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN NEW.row_id::uuid END;
    WHEN 'notes' THEN
        SELECT seen.id::text, seen.tenant_id, seen.user_id INTO NEW.row_id, NEW.tenant_id, NEW.user_id
        FROM public.notes AS seen WHERE seen.id = NEW.row_id;
    ELSE
        RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'synchrotron.action_modified_rows: no table of that name is logged';
    END CASE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'synchrotron.action_modified_rows: no such row for you to log about';
    END IF;
    RETURN NEW;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('synchrotron.action_modified_row_fill()')) IS DISTINCT FROM 'synchrotron_owner' THEN
        IF has_schema_privilege('synchrotron_owner', 'synchrotron', 'CREATE') THEN
            ALTER FUNCTION synchrotron.action_modified_row_fill() OWNER TO synchrotron_owner;
        ELSE
            GRANT CREATE ON SCHEMA synchrotron TO synchrotron_owner;
            ALTER FUNCTION synchrotron.action_modified_row_fill() OWNER TO synchrotron_owner;
            REVOKE CREATE ON SCHEMA synchrotron FROM synchrotron_owner;
        END IF;
    END IF;
END
$hedgerow$;

-- view synchrotron.own_action_args
CREATE OR REPLACE VIEW synchrotron.own_action_args (id, args) WITH (security_barrier = true) AS
    SELECT a.id, a.args
    FROM synchrotron.action_records AS a
    WHERE a.user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''));

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(c.relowner) FROM pg_class AS c WHERE c.oid = to_regclass('synchrotron.own_action_args')) IS DISTINCT FROM 'synchrotron_args_reader' THEN
        IF has_schema_privilege('synchrotron_args_reader', 'synchrotron', 'CREATE') THEN
            ALTER VIEW synchrotron.own_action_args OWNER TO synchrotron_args_reader;
        ELSE
            GRANT CREATE ON SCHEMA synchrotron TO synchrotron_args_reader;
            ALTER VIEW synchrotron.own_action_args OWNER TO synchrotron_args_reader;
            REVOKE CREATE ON SCHEMA synchrotron FROM synchrotron_args_reader;
        END IF;
    END IF;
END
$hedgerow$;

-- table public.todos
DROP POLICY IF EXISTS tenant_floor ON public.todos;
CREATE POLICY tenant_floor ON public.todos AS RESTRICTIVE FOR ALL TO synchrotron_app, synchrotron_shapes
    USING (tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid));

DROP POLICY IF EXISTS select_synchrotron_app ON public.todos;
CREATE POLICY select_synchrotron_app ON public.todos FOR SELECT TO synchrotron_app, synchrotron_shapes
    USING (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND (
            user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
            OR id = ANY (ARRAY(
                SELECT s.todo_id
                FROM public.todo_shares AS s
                WHERE s.user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
            ))
        )
    );

DROP POLICY IF EXISTS insert_synchrotron_app ON public.todos;
CREATE POLICY insert_synchrotron_app ON public.todos FOR INSERT TO synchrotron_app
    WITH CHECK (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
    );

DROP POLICY IF EXISTS update_synchrotron_app ON public.todos;
CREATE POLICY update_synchrotron_app ON public.todos FOR UPDATE TO synchrotron_app
    USING (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
    );

DROP POLICY IF EXISTS delete_synchrotron_app ON public.todos;
CREATE POLICY delete_synchrotron_app ON public.todos FOR DELETE TO synchrotron_app
    USING (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
    );

-- across tenants: replays the whole log of patches
DROP POLICY IF EXISTS all_synchrotron_materializer ON public.todos;
CREATE POLICY all_synchrotron_materializer ON public.todos FOR ALL TO synchrotron_materializer
    USING (true);

-- table public.todo_shares
DROP POLICY IF EXISTS tenant_floor ON public.todo_shares;
CREATE POLICY tenant_floor ON public.todo_shares AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid));

DROP POLICY IF EXISTS select_synchrotron_app ON public.todo_shares;
CREATE POLICY select_synchrotron_app ON public.todo_shares FOR SELECT TO synchrotron_app, synchrotron_shapes
    USING (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND (SELECT nullif(current_setting('synchrotron.user_id', true), '')) IN (user_id, owner_id)
    );

DROP POLICY IF EXISTS insert_synchrotron_app ON public.todo_shares;
CREATE POLICY insert_synchrotron_app ON public.todo_shares FOR INSERT TO synchrotron_app
    WITH CHECK (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND owner_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
    );

DROP POLICY IF EXISTS delete_synchrotron_app ON public.todo_shares;
CREATE POLICY delete_synchrotron_app ON public.todo_shares FOR DELETE TO synchrotron_app
    USING (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND owner_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
    );

-- table public.notes
DROP POLICY IF EXISTS tenant_floor ON public.notes;
CREATE POLICY tenant_floor ON public.notes AS RESTRICTIVE FOR ALL TO synchrotron_app, synchrotron_shapes
    USING (tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid));

DROP POLICY IF EXISTS select_synchrotron_app ON public.notes;
CREATE POLICY select_synchrotron_app ON public.notes FOR SELECT TO synchrotron_app, synchrotron_shapes
    USING (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
    );

DROP POLICY IF EXISTS insert_synchrotron_app ON public.notes;
CREATE POLICY insert_synchrotron_app ON public.notes FOR INSERT TO synchrotron_app
    WITH CHECK (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
    );

DROP POLICY IF EXISTS update_synchrotron_app ON public.notes;
CREATE POLICY update_synchrotron_app ON public.notes FOR UPDATE TO synchrotron_app
    USING (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
    );

DROP POLICY IF EXISTS delete_synchrotron_app ON public.notes;
CREATE POLICY delete_synchrotron_app ON public.notes FOR DELETE TO synchrotron_app
    USING (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
    );

-- across tenants: replays the whole log of patches
DROP POLICY IF EXISTS all_synchrotron_materializer ON public.notes;
CREATE POLICY all_synchrotron_materializer ON public.notes FOR ALL TO synchrotron_materializer
    USING (true);

-- table synchrotron.action_records
DROP POLICY IF EXISTS tenant_floor ON synchrotron.action_records;
CREATE POLICY tenant_floor ON synchrotron.action_records AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid));

DROP POLICY IF EXISTS select_synchrotron_app ON synchrotron.action_records;
CREATE POLICY select_synchrotron_app ON synchrotron.action_records FOR SELECT TO synchrotron_app, synchrotron_shapes
    USING (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND (
            user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
            OR id = ANY (ARRAY(SELECT r.action_record_id FROM synchrotron.action_modified_rows AS r))
        )
    );

DROP POLICY IF EXISTS insert_synchrotron_app ON synchrotron.action_records;
CREATE POLICY insert_synchrotron_app ON synchrotron.action_records FOR INSERT TO synchrotron_app
    WITH CHECK (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
    );

DROP POLICY IF EXISTS select_synchrotron_args_reader ON synchrotron.action_records;
CREATE POLICY select_synchrotron_args_reader ON synchrotron.action_records FOR SELECT TO synchrotron_args_reader
    USING (tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid));

-- table synchrotron.action_modified_rows
DROP POLICY IF EXISTS tenant_floor ON synchrotron.action_modified_rows;
CREATE POLICY tenant_floor ON synchrotron.action_modified_rows AS RESTRICTIVE FOR ALL TO synchrotron_app, synchrotron_shapes
    USING (tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid));

DROP POLICY IF EXISTS select_synchrotron_app ON synchrotron.action_modified_rows;
CREATE POLICY select_synchrotron_app ON synchrotron.action_modified_rows FOR SELECT TO synchrotron_app, synchrotron_shapes
    USING (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND (
            user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
            OR (
                table_name = 'todos'
                AND row_id = ANY (ARRAY(
                    SELECT s.todo_id::text
                    FROM public.todo_shares AS s
                    WHERE s.user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
                ))
            )
        )
    );

DROP POLICY IF EXISTS insert_synchrotron_app ON synchrotron.action_modified_rows;
CREATE POLICY insert_synchrotron_app ON synchrotron.action_modified_rows FOR INSERT TO synchrotron_app
    WITH CHECK (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
    );

-- across tenants: replays the whole log of patches
DROP POLICY IF EXISTS select_synchrotron_materializer ON synchrotron.action_modified_rows;
CREATE POLICY select_synchrotron_materializer ON synchrotron.action_modified_rows FOR SELECT TO synchrotron_materializer
    USING (true);

-- table synchrotron.client_sync_status
DROP POLICY IF EXISTS tenant_floor ON synchrotron.client_sync_status;
CREATE POLICY tenant_floor ON synchrotron.client_sync_status AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid));

DROP POLICY IF EXISTS select_synchrotron_app ON synchrotron.client_sync_status;
CREATE POLICY select_synchrotron_app ON synchrotron.client_sync_status FOR SELECT TO synchrotron_app
    USING (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
    );

DROP POLICY IF EXISTS insert_synchrotron_app ON synchrotron.client_sync_status;
CREATE POLICY insert_synchrotron_app ON synchrotron.client_sync_status FOR INSERT TO synchrotron_app
    WITH CHECK (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
    );

DROP POLICY IF EXISTS update_synchrotron_app ON synchrotron.client_sync_status;
CREATE POLICY update_synchrotron_app ON synchrotron.client_sync_status FOR UPDATE TO synchrotron_app
    USING (
        tenant_id = (SELECT nullif(current_setting('synchrotron.tenant_id', true), '')::uuid)
        AND user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
    );

-- table synchrotron.todo_patches
DROP POLICY IF EXISTS tenant_floor ON synchrotron.todo_patches;
CREATE POLICY tenant_floor ON synchrotron.todo_patches AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (EXISTS (SELECT 1 FROM public.todos WHERE todos.id = todo_patches.todo_id));

DROP POLICY IF EXISTS select_synchrotron_app ON synchrotron.todo_patches;
CREATE POLICY select_synchrotron_app ON synchrotron.todo_patches FOR SELECT TO synchrotron_app, synchrotron_shapes
    USING (EXISTS (SELECT 1 FROM public.todos WHERE todos.id = todo_patches.todo_id));

DROP POLICY IF EXISTS insert_synchrotron_app ON synchrotron.todo_patches;
CREATE POLICY insert_synchrotron_app ON synchrotron.todo_patches FOR INSERT TO synchrotron_app
    WITH CHECK (
        EXISTS (SELECT 1 FROM public.todos WHERE todos.id = todo_patches.todo_id)
        AND todo_id = ANY (ARRAY(
            SELECT t.id
            FROM public.todos AS t
            WHERE t.user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
        ))
    );

-- table synchrotron.note_patches
DROP POLICY IF EXISTS tenant_floor ON synchrotron.note_patches;
CREATE POLICY tenant_floor ON synchrotron.note_patches AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (EXISTS (SELECT 1 FROM public.notes WHERE notes.id = note_patches.note_id));

DROP POLICY IF EXISTS select_synchrotron_app ON synchrotron.note_patches;
CREATE POLICY select_synchrotron_app ON synchrotron.note_patches FOR SELECT TO synchrotron_app, synchrotron_shapes
    USING (EXISTS (SELECT 1 FROM public.notes WHERE notes.id = note_patches.note_id));

DROP POLICY IF EXISTS insert_synchrotron_app ON synchrotron.note_patches;
CREATE POLICY insert_synchrotron_app ON synchrotron.note_patches FOR INSERT TO synchrotron_app
    WITH CHECK (
        EXISTS (SELECT 1 FROM public.notes WHERE notes.id = note_patches.note_id)
        AND note_id = ANY (ARRAY(
            SELECT n.id
            FROM public.notes AS n
            WHERE n.user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
        ))
    );

-- table synchrotron.bare_patches
DROP POLICY IF EXISTS select_synchrotron_app ON synchrotron.bare_patches;
CREATE POLICY select_synchrotron_app ON synchrotron.bare_patches FOR SELECT TO synchrotron_app, synchrotron_shapes
    USING (synchrotron.row_visible(table_name, row_id));

DROP POLICY IF EXISTS insert_synchrotron_app ON synchrotron.bare_patches;
CREATE POLICY insert_synchrotron_app ON synchrotron.bare_patches FOR INSERT TO synchrotron_app
    WITH CHECK (
        (
            table_name = 'todos'
            AND row_id = ANY (ARRAY(
                SELECT t.id::text
                FROM public.todos AS t
                WHERE t.user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
            ))
        )
        OR (
            table_name = 'notes'
            AND row_id = ANY (ARRAY(
                SELECT n.id
                FROM public.notes AS n
                WHERE n.user_id = (SELECT nullif(current_setting('synchrotron.user_id', true), ''))
            ))
        )
    );

-- table synchrotron.action_modified_rows
CREATE OR REPLACE TRIGGER after_insert_copy_patch
    AFTER INSERT ON synchrotron.action_modified_rows
    FOR EACH ROW
    EXECUTE FUNCTION synchrotron.copy_patch();

CREATE OR REPLACE TRIGGER action_modified_row_fill
    BEFORE INSERT OR UPDATE ON synchrotron.action_modified_rows
    FOR EACH ROW
    EXECUTE FUNCTION synchrotron.action_modified_row_fill();

-- schema public
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

REVOKE ALL ON SCHEMA public FROM synchrotron_app;
GRANT USAGE ON SCHEMA public TO synchrotron_app;

REVOKE ALL ON SCHEMA public FROM synchrotron_materializer;
GRANT USAGE ON SCHEMA public TO synchrotron_materializer;

REVOKE ALL ON SCHEMA public FROM synchrotron_shapes;
GRANT USAGE ON SCHEMA public TO synchrotron_shapes;

-- schema synchrotron
REVOKE ALL ON SCHEMA synchrotron FROM synchrotron_app;
GRANT USAGE ON SCHEMA synchrotron TO synchrotron_app;

REVOKE ALL ON SCHEMA synchrotron FROM synchrotron_args_reader;
GRANT USAGE ON SCHEMA synchrotron TO synchrotron_args_reader;

REVOKE ALL ON SCHEMA synchrotron FROM synchrotron_materializer;
GRANT USAGE ON SCHEMA synchrotron TO synchrotron_materializer;

REVOKE ALL ON SCHEMA synchrotron FROM synchrotron_shapes;
GRANT USAGE ON SCHEMA synchrotron TO synchrotron_shapes;

-- function synchrotron.row_visible(text, text)
REVOKE ALL ON FUNCTION synchrotron.row_visible(text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION synchrotron.row_visible(text, text) FROM synchrotron_app;
GRANT EXECUTE ON FUNCTION synchrotron.row_visible(text, text) TO synchrotron_app;

REVOKE ALL ON FUNCTION synchrotron.row_visible(text, text) FROM synchrotron_shapes;
GRANT EXECUTE ON FUNCTION synchrotron.row_visible(text, text) TO synchrotron_shapes;

-- function synchrotron.apply_patch(uuid, text, text, text, jsonb, jsonb)
REVOKE ALL ON FUNCTION synchrotron.apply_patch(uuid, text, text, text, jsonb, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION synchrotron.apply_patch(uuid, text, text, text, jsonb, jsonb) FROM synchrotron_app;
GRANT EXECUTE ON FUNCTION synchrotron.apply_patch(uuid, text, text, text, jsonb, jsonb) TO synchrotron_app;

-- function synchrotron.write_row(text, text, text, jsonb)
REVOKE ALL ON FUNCTION synchrotron.write_row(text, text, text, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION synchrotron.write_row(text, text, text, jsonb) FROM synchrotron_app;
GRANT EXECUTE ON FUNCTION synchrotron.write_row(text, text, text, jsonb) TO synchrotron_app;

REVOKE ALL ON FUNCTION synchrotron.write_row(text, text, text, jsonb) FROM synchrotron_materializer;
GRANT EXECUTE ON FUNCTION synchrotron.write_row(text, text, text, jsonb) TO synchrotron_materializer;

-- function synchrotron.materialize()
REVOKE ALL ON FUNCTION synchrotron.materialize() FROM PUBLIC;

REVOKE ALL ON FUNCTION synchrotron.materialize() FROM synchrotron_materializer;
GRANT EXECUTE ON FUNCTION synchrotron.materialize() TO synchrotron_materializer;

-- function synchrotron.copy_patch()
REVOKE ALL ON FUNCTION synchrotron.copy_patch() FROM PUBLIC;

-- function synchrotron.action_modified_row_fill()
REVOKE ALL ON FUNCTION synchrotron.action_modified_row_fill() FROM PUBLIC;

-- view synchrotron.own_action_args
REVOKE ALL ON TABLE synchrotron.own_action_args FROM PUBLIC;

REVOKE ALL ON TABLE synchrotron.own_action_args FROM synchrotron_app;
GRANT SELECT ON TABLE synchrotron.own_action_args TO synchrotron_app;

-- table public.todos
ALTER TABLE public.todos ALTER COLUMN tenant_id SET DEFAULT (nullif(current_setting('synchrotron.tenant_id', true), '')::uuid);

ALTER TABLE public.todos ALTER COLUMN user_id SET DEFAULT (nullif(current_setting('synchrotron.user_id', true), ''));

REVOKE ALL ON TABLE public.todos FROM PUBLIC;

REVOKE ALL ON TABLE public.todos FROM synchrotron_app;
GRANT SELECT, INSERT, UPDATE (title, done), DELETE ON TABLE public.todos TO synchrotron_app;

REVOKE ALL ON TABLE public.todos FROM synchrotron_materializer;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.todos TO synchrotron_materializer;

REVOKE ALL ON TABLE public.todos FROM synchrotron_shapes;
GRANT SELECT ON TABLE public.todos TO synchrotron_shapes;

-- table public.todo_shares
ALTER TABLE public.todo_shares ALTER COLUMN tenant_id SET DEFAULT (nullif(current_setting('synchrotron.tenant_id', true), '')::uuid);

ALTER TABLE public.todo_shares ALTER COLUMN owner_id SET DEFAULT (nullif(current_setting('synchrotron.user_id', true), ''));

REVOKE ALL ON TABLE public.todo_shares FROM PUBLIC;

REVOKE ALL ON TABLE public.todo_shares FROM synchrotron_app;
GRANT SELECT, INSERT, DELETE ON TABLE public.todo_shares TO synchrotron_app;

REVOKE ALL ON TABLE public.todo_shares FROM synchrotron_shapes;
GRANT SELECT ON TABLE public.todo_shares TO synchrotron_shapes;

-- table public.notes
ALTER TABLE public.notes ALTER COLUMN tenant_id SET DEFAULT (nullif(current_setting('synchrotron.tenant_id', true), '')::uuid);

ALTER TABLE public.notes ALTER COLUMN user_id SET DEFAULT (nullif(current_setting('synchrotron.user_id', true), ''));

REVOKE ALL ON TABLE public.notes FROM PUBLIC;

REVOKE ALL ON TABLE public.notes FROM synchrotron_app;
GRANT SELECT, INSERT, UPDATE (body), DELETE ON TABLE public.notes TO synchrotron_app;

REVOKE ALL ON TABLE public.notes FROM synchrotron_materializer;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.notes TO synchrotron_materializer;

REVOKE ALL ON TABLE public.notes FROM synchrotron_shapes;
GRANT SELECT ON TABLE public.notes TO synchrotron_shapes;

-- table synchrotron.action_records
ALTER TABLE synchrotron.action_records ALTER COLUMN tenant_id SET DEFAULT (nullif(current_setting('synchrotron.tenant_id', true), '')::uuid);

ALTER TABLE synchrotron.action_records ALTER COLUMN user_id SET DEFAULT (nullif(current_setting('synchrotron.user_id', true), ''));

REVOKE ALL ON TABLE synchrotron.action_records FROM PUBLIC;

REVOKE ALL ON TABLE synchrotron.action_records FROM synchrotron_app;
GRANT SELECT (id, server_ingest_id, tenant_id, user_id, client_id, tag, clock_time_ms, clock_counter, created_at), INSERT ON TABLE synchrotron.action_records TO synchrotron_app;

REVOKE ALL ON TABLE synchrotron.action_records FROM synchrotron_args_reader;
GRANT SELECT (id, user_id, args) ON TABLE synchrotron.action_records TO synchrotron_args_reader;

REVOKE ALL ON TABLE synchrotron.action_records FROM synchrotron_shapes;
GRANT SELECT (id, server_ingest_id, tenant_id, user_id, client_id, tag, clock_time_ms, clock_counter, created_at) ON TABLE synchrotron.action_records TO synchrotron_shapes;

REVOKE ALL ON SEQUENCE synchrotron.action_records_server_ingest_id_seq FROM synchrotron_app;
GRANT USAGE ON SEQUENCE synchrotron.action_records_server_ingest_id_seq TO synchrotron_app;

-- table synchrotron.action_modified_rows
REVOKE ALL ON TABLE synchrotron.action_modified_rows FROM PUBLIC;

REVOKE ALL ON TABLE synchrotron.action_modified_rows FROM synchrotron_app;
GRANT SELECT, INSERT (action_record_id, table_name, row_id, operation, forward_patches, reverse_patches) ON TABLE synchrotron.action_modified_rows TO synchrotron_app;

REVOKE ALL ON TABLE synchrotron.action_modified_rows FROM synchrotron_materializer;
GRANT SELECT ON TABLE synchrotron.action_modified_rows TO synchrotron_materializer;

REVOKE ALL ON TABLE synchrotron.action_modified_rows FROM synchrotron_shapes;
GRANT SELECT ON TABLE synchrotron.action_modified_rows TO synchrotron_shapes;

REVOKE ALL ON SEQUENCE synchrotron.action_modified_rows_id_seq FROM synchrotron_app;
GRANT USAGE ON SEQUENCE synchrotron.action_modified_rows_id_seq TO synchrotron_app;

-- table synchrotron.client_sync_status
ALTER TABLE synchrotron.client_sync_status ALTER COLUMN tenant_id SET DEFAULT (nullif(current_setting('synchrotron.tenant_id', true), '')::uuid);

ALTER TABLE synchrotron.client_sync_status ALTER COLUMN user_id SET DEFAULT (nullif(current_setting('synchrotron.user_id', true), ''));

REVOKE ALL ON TABLE synchrotron.client_sync_status FROM PUBLIC;

REVOKE ALL ON TABLE synchrotron.client_sync_status FROM synchrotron_app;
GRANT SELECT, INSERT, UPDATE (last_seen_server_ingest_id, last_synced_at) ON TABLE synchrotron.client_sync_status TO synchrotron_app;

-- table synchrotron.todo_patches
REVOKE ALL ON TABLE synchrotron.todo_patches FROM PUBLIC;

REVOKE ALL ON TABLE synchrotron.todo_patches FROM synchrotron_app;
GRANT SELECT, INSERT ON TABLE synchrotron.todo_patches TO synchrotron_app;

REVOKE ALL ON TABLE synchrotron.todo_patches FROM synchrotron_shapes;
GRANT SELECT ON TABLE synchrotron.todo_patches TO synchrotron_shapes;

-- table synchrotron.note_patches
REVOKE ALL ON TABLE synchrotron.note_patches FROM PUBLIC;

REVOKE ALL ON TABLE synchrotron.note_patches FROM synchrotron_app;
GRANT SELECT, INSERT ON TABLE synchrotron.note_patches TO synchrotron_app;

REVOKE ALL ON TABLE synchrotron.note_patches FROM synchrotron_shapes;
GRANT SELECT ON TABLE synchrotron.note_patches TO synchrotron_shapes;

-- table synchrotron.bare_patches
REVOKE ALL ON TABLE synchrotron.bare_patches FROM PUBLIC;

REVOKE ALL ON TABLE synchrotron.bare_patches FROM synchrotron_app;
GRANT SELECT, INSERT ON TABLE synchrotron.bare_patches TO synchrotron_app;

REVOKE ALL ON TABLE synchrotron.bare_patches FROM synchrotron_shapes;
GRANT SELECT ON TABLE synchrotron.bare_patches TO synchrotron_shapes;
