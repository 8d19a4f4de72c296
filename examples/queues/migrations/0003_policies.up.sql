-- Policy set QUEUES for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- table queues.tasks
ALTER TABLE queues.tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE queues.tasks FORCE ROW LEVEL SECURITY;

-- table queues.errors
ALTER TABLE queues.errors ENABLE ROW LEVEL SECURITY;
ALTER TABLE queues.errors FORCE ROW LEVEL SECURITY;

-- table comms.emails
ALTER TABLE comms.emails ENABLE ROW LEVEL SECURITY;
ALTER TABLE comms.emails FORCE ROW LEVEL SECURITY;

-- table comms.notices
ALTER TABLE comms.notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE comms.notices FORCE ROW LEVEL SECURITY;

-- role queue_owner
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'queue_owner') THEN
        BEGIN
            CREATE ROLE queue_owner NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'queue_owner';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'queue_owner', wrong);
    END IF;
END
$hedgerow$;

-- role worker_service_user
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'worker_service_user') THEN
        BEGIN
            CREATE ROLE worker_service_user LOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
        EXCEPTION
            -- Another database of this cluster was first.
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    SELECT concat_ws(' ',
        CASE WHEN NOT rolcanlogin THEN 'LOGIN' END,
        CASE WHEN NOT rolinherit THEN 'INHERIT' END,
        CASE WHEN rolsuper THEN 'NOSUPERUSER' END,
        CASE WHEN rolcreatedb THEN 'NOCREATEDB' END,
        CASE WHEN rolcreaterole THEN 'NOCREATEROLE' END,
        CASE WHEN rolreplication THEN 'NOREPLICATION' END,
        CASE WHEN rolbypassrls THEN 'NOBYPASSRLS' END,
        CASE WHEN rolconnlimit <> -1 THEN 'CONNECTION LIMIT -1' END
    ) INTO wrong FROM pg_roles WHERE rolname = 'worker_service_user';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'worker_service_user', wrong);
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_database AS d, aclexplode(d.datacl) AS a JOIN pg_roles AS r ON r.oid = a.grantee
        WHERE d.datname = current_database() AND r.rolname = 'worker_service_user' AND a.privilege_type = 'CONNECT'
    ) THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), 'worker_service_user');
    END IF;
END
$hedgerow$;

-- role queue_definer
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'queue_definer') THEN
        BEGIN
            CREATE ROLE queue_definer NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'queue_definer';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'queue_definer', wrong);
    END IF;
END
$hedgerow$;

-- role comms_definer
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'comms_definer') THEN
        BEGIN
            CREATE ROLE comms_definer NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'comms_definer';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'comms_definer', wrong);
    END IF;
END
$hedgerow$;

-- role api_definer
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'api_definer') THEN
        BEGIN
            CREATE ROLE api_definer NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'api_definer';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'api_definer', wrong);
    END IF;
END
$hedgerow$;

-- role api_reader
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'api_reader') THEN
        BEGIN
            CREATE ROLE api_reader NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'api_reader';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'api_reader', wrong);
    END IF;
END
$hedgerow$;

-- role anon
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'anon') THEN
        BEGIN
            CREATE ROLE anon NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'anon';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'anon', wrong);
    END IF;
END
$hedgerow$;

-- role authenticated
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'authenticated') THEN
        BEGIN
            CREATE ROLE authenticated NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'authenticated';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'authenticated', wrong);
    END IF;
END
$hedgerow$;

-- role authenticator
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'authenticator') THEN
        BEGIN
            CREATE ROLE authenticator LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'authenticator';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'authenticator', wrong);
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_database AS d, aclexplode(d.datacl) AS a JOIN pg_roles AS r ON r.oid = a.grantee
        WHERE d.datname = current_database() AND r.rolname = 'authenticator' AND a.privilege_type = 'CONNECT'
    ) THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), 'authenticator');
    END IF;
END
$hedgerow$;

-- memberships
GRANT anon TO authenticator;

GRANT authenticated TO authenticator;

-- role queue_definer
DO $hedgerow$
BEGIN
    IF NOT pg_has_role(current_user, 'queue_definer', 'USAGE') THEN
        GRANT queue_definer TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT pg_has_role(current_user, 'queue_definer', 'USAGE') OR NOT pg_has_role(current_user, 'queue_definer', 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', 'queue_definer');
        END IF;
    END IF;
END
$hedgerow$;

-- role comms_definer
DO $hedgerow$
BEGIN
    IF NOT pg_has_role(current_user, 'comms_definer', 'USAGE') THEN
        GRANT comms_definer TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT pg_has_role(current_user, 'comms_definer', 'USAGE') OR NOT pg_has_role(current_user, 'comms_definer', 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', 'comms_definer');
        END IF;
    END IF;
END
$hedgerow$;

-- role api_definer
DO $hedgerow$
BEGIN
    IF NOT pg_has_role(current_user, 'api_definer', 'USAGE') THEN
        GRANT api_definer TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT pg_has_role(current_user, 'api_definer', 'USAGE') OR NOT pg_has_role(current_user, 'api_definer', 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', 'api_definer');
        END IF;
    END IF;
END
$hedgerow$;

-- role api_reader
DO $hedgerow$
BEGIN
    IF NOT pg_has_role(current_user, 'api_reader', 'USAGE') THEN
        GRANT api_reader TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT pg_has_role(current_user, 'api_reader', 'USAGE') OR NOT pg_has_role(current_user, 'api_reader', 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', 'api_reader');
        END IF;
    END IF;
END
$hedgerow$;

-- function queues.dequeue_next_available_task()
ALTER FUNCTION queues.dequeue_next_available_task() SECURITY DEFINER SET search_path = queues, pg_temp;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('queues.dequeue_next_available_task()')) IS DISTINCT FROM 'queue_definer' THEN
        IF has_schema_privilege('queue_definer', 'queues', 'CREATE') THEN
            ALTER FUNCTION queues.dequeue_next_available_task() OWNER TO queue_definer;
        ELSE
            GRANT CREATE ON SCHEMA queues TO queue_definer;
            ALTER FUNCTION queues.dequeue_next_available_task() OWNER TO queue_definer;
            REVOKE CREATE ON SCHEMA queues FROM queue_definer;
        END IF;
    END IF;
END
$hedgerow$;

-- function queues.append_error(bigint, text)
ALTER FUNCTION queues.append_error(bigint, text) SECURITY DEFINER SET search_path = queues, pg_temp;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('queues.append_error(bigint, text)')) IS DISTINCT FROM 'queue_definer' THEN
        IF has_schema_privilege('queue_definer', 'queues', 'CREATE') THEN
            ALTER FUNCTION queues.append_error(bigint, text) OWNER TO queue_definer;
        ELSE
            GRANT CREATE ON SCHEMA queues TO queue_definer;
            ALTER FUNCTION queues.append_error(bigint, text) OWNER TO queue_definer;
            REVOKE CREATE ON SCHEMA queues FROM queue_definer;
        END IF;
    END IF;
END
$hedgerow$;

-- function internal.run_function(text, jsonb)
ALTER FUNCTION internal.run_function(text, jsonb) SECURITY INVOKER SET search_path = internal, pg_temp;

-- function internal.enqueue_task(text, jsonb)
CREATE OR REPLACE FUNCTION internal.enqueue_task(kind text, payload jsonb) RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER
    SET search_path = queues, pg_temp
AS $hedgerow$
INSERT INTO queues.tasks (kind, payload) VALUES (enqueue_task.kind, enqueue_task.payload) RETURNING task_id
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('internal.enqueue_task(text, jsonb)')) IS DISTINCT FROM 'queue_definer' THEN
        IF has_schema_privilege('queue_definer', 'internal', 'CREATE') THEN
            ALTER FUNCTION internal.enqueue_task(text, jsonb) OWNER TO queue_definer;
        ELSE
            GRANT CREATE ON SCHEMA internal TO queue_definer;
            ALTER FUNCTION internal.enqueue_task(text, jsonb) OWNER TO queue_definer;
            REVOKE CREATE ON SCHEMA internal FROM queue_definer;
        END IF;
    END IF;
END
$hedgerow$;

-- function comms.send_email_supervisor(jsonb)
ALTER FUNCTION comms.send_email_supervisor(jsonb) SECURITY DEFINER SET search_path = comms, pg_temp;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('comms.send_email_supervisor(jsonb)')) IS DISTINCT FROM 'comms_definer' THEN
        IF has_schema_privilege('comms_definer', 'comms', 'CREATE') THEN
            ALTER FUNCTION comms.send_email_supervisor(jsonb) OWNER TO comms_definer;
        ELSE
            GRANT CREATE ON SCHEMA comms TO comms_definer;
            ALTER FUNCTION comms.send_email_supervisor(jsonb) OWNER TO comms_definer;
            REVOKE CREATE ON SCHEMA comms FROM comms_definer;
        END IF;
    END IF;
END
$hedgerow$;

-- function comms.get_email_payload(jsonb)
ALTER FUNCTION comms.get_email_payload(jsonb) SECURITY DEFINER SET search_path = comms, pg_temp;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('comms.get_email_payload(jsonb)')) IS DISTINCT FROM 'comms_definer' THEN
        IF has_schema_privilege('comms_definer', 'comms', 'CREATE') THEN
            ALTER FUNCTION comms.get_email_payload(jsonb) OWNER TO comms_definer;
        ELSE
            GRANT CREATE ON SCHEMA comms TO comms_definer;
            ALTER FUNCTION comms.get_email_payload(jsonb) OWNER TO comms_definer;
            REVOKE CREATE ON SCHEMA comms FROM comms_definer;
        END IF;
    END IF;
END
$hedgerow$;

-- function comms.record_email_success(jsonb)
ALTER FUNCTION comms.record_email_success(jsonb) SECURITY DEFINER SET search_path = comms, pg_temp;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('comms.record_email_success(jsonb)')) IS DISTINCT FROM 'comms_definer' THEN
        IF has_schema_privilege('comms_definer', 'comms', 'CREATE') THEN
            ALTER FUNCTION comms.record_email_success(jsonb) OWNER TO comms_definer;
        ELSE
            GRANT CREATE ON SCHEMA comms TO comms_definer;
            ALTER FUNCTION comms.record_email_success(jsonb) OWNER TO comms_definer;
            REVOKE CREATE ON SCHEMA comms FROM comms_definer;
        END IF;
    END IF;
END
$hedgerow$;

-- function comms.record_email_failure(jsonb)
ALTER FUNCTION comms.record_email_failure(jsonb) SECURITY DEFINER SET search_path = comms, pg_temp;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('comms.record_email_failure(jsonb)')) IS DISTINCT FROM 'comms_definer' THEN
        IF has_schema_privilege('comms_definer', 'comms', 'CREATE') THEN
            ALTER FUNCTION comms.record_email_failure(jsonb) OWNER TO comms_definer;
        ELSE
            GRANT CREATE ON SCHEMA comms TO comms_definer;
            ALTER FUNCTION comms.record_email_failure(jsonb) OWNER TO comms_definer;
            REVOKE CREATE ON SCHEMA comms FROM comms_definer;
        END IF;
    END IF;
END
$hedgerow$;

-- function api.request_email(text, text, text)
ALTER FUNCTION api.request_email(text, text, text) SECURITY DEFINER SET search_path = api, pg_temp;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('api.request_email(text, text, text)')) IS DISTINCT FROM 'api_definer' THEN
        IF has_schema_privilege('api_definer', 'api', 'CREATE') THEN
            ALTER FUNCTION api.request_email(text, text, text) OWNER TO api_definer;
        ELSE
            GRANT CREATE ON SCHEMA api TO api_definer;
            ALTER FUNCTION api.request_email(text, text, text) OWNER TO api_definer;
            REVOKE CREATE ON SCHEMA api FROM api_definer;
        END IF;
    END IF;
END
$hedgerow$;

-- function api.health()
ALTER FUNCTION api.health() SECURITY INVOKER SET search_path = api, pg_temp;

-- view api.my_emails
CREATE OR REPLACE VIEW api.my_emails (email_id, recipient, subject, status, created_at) WITH (security_barrier = true) AS
    SELECT e.email_id, e.recipient, e.subject, e.status, e.created_at
    FROM comms.emails AS e;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(c.relowner) FROM pg_class AS c WHERE c.oid = to_regclass('api.my_emails')) IS DISTINCT FROM 'api_reader' THEN
        IF has_schema_privilege('api_reader', 'api', 'CREATE') THEN
            ALTER VIEW api.my_emails OWNER TO api_reader;
        ELSE
            GRANT CREATE ON SCHEMA api TO api_reader;
            ALTER VIEW api.my_emails OWNER TO api_reader;
            REVOKE CREATE ON SCHEMA api FROM api_reader;
        END IF;
    END IF;
END
$hedgerow$;

-- view api.public_notices
CREATE OR REPLACE VIEW api.public_notices (notice_id, title) WITH (security_barrier = true) AS
    SELECT n.notice_id, n.title
    FROM comms.notices AS n;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(c.relowner) FROM pg_class AS c WHERE c.oid = to_regclass('api.public_notices')) IS DISTINCT FROM 'api_reader' THEN
        IF has_schema_privilege('api_reader', 'api', 'CREATE') THEN
            ALTER VIEW api.public_notices OWNER TO api_reader;
        ELSE
            GRANT CREATE ON SCHEMA api TO api_reader;
            ALTER VIEW api.public_notices OWNER TO api_reader;
            REVOKE CREATE ON SCHEMA api FROM api_reader;
        END IF;
    END IF;
END
$hedgerow$;

-- table queues.tasks
DROP POLICY IF EXISTS select_queue_definer ON queues.tasks;
CREATE POLICY select_queue_definer ON queues.tasks FOR SELECT TO queue_definer
    USING (true);

DROP POLICY IF EXISTS insert_queue_definer ON queues.tasks;
CREATE POLICY insert_queue_definer ON queues.tasks FOR INSERT TO queue_definer
    WITH CHECK (true);

DROP POLICY IF EXISTS update_queue_definer ON queues.tasks;
CREATE POLICY update_queue_definer ON queues.tasks FOR UPDATE TO queue_definer
    USING (true);

-- table queues.errors
DROP POLICY IF EXISTS insert_queue_definer ON queues.errors;
CREATE POLICY insert_queue_definer ON queues.errors FOR INSERT TO queue_definer
    WITH CHECK (true);

-- table comms.emails
DROP POLICY IF EXISTS select_comms_definer ON comms.emails;
CREATE POLICY select_comms_definer ON comms.emails FOR SELECT TO comms_definer
    USING (true);

DROP POLICY IF EXISTS update_comms_definer ON comms.emails;
CREATE POLICY update_comms_definer ON comms.emails FOR UPDATE TO comms_definer
    USING (true);

DROP POLICY IF EXISTS select_api_definer ON comms.emails;
CREATE POLICY select_api_definer ON comms.emails FOR SELECT TO api_definer
    USING (
        requested_by = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', ''))
    );

DROP POLICY IF EXISTS insert_api_definer ON comms.emails;
CREATE POLICY insert_api_definer ON comms.emails FOR INSERT TO api_definer
    WITH CHECK (
        requested_by = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', ''))
    );

DROP POLICY IF EXISTS select_api_reader ON comms.emails;
CREATE POLICY select_api_reader ON comms.emails FOR SELECT TO api_reader
    USING (
        requested_by = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', ''))
    );

-- table comms.notices
DROP POLICY IF EXISTS select_api_reader ON comms.notices;
CREATE POLICY select_api_reader ON comms.notices FOR SELECT TO api_reader
    USING (published);

-- schema api
REVOKE ALL ON SCHEMA api FROM anon;
GRANT USAGE ON SCHEMA api TO anon;

REVOKE ALL ON SCHEMA api FROM authenticated;
GRANT USAGE ON SCHEMA api TO authenticated;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA api FROM anon;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA api TO anon;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA api FROM authenticated;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA api TO authenticated;

-- schema internal
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA internal FROM PUBLIC;

REVOKE ALL ON SCHEMA internal FROM api_definer;
GRANT USAGE ON SCHEMA internal TO api_definer;

REVOKE ALL ON SCHEMA internal FROM comms_definer;
GRANT USAGE ON SCHEMA internal TO comms_definer;

REVOKE ALL ON SCHEMA internal FROM worker_service_user;
GRANT USAGE ON SCHEMA internal TO worker_service_user;

-- schema queues
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA queues FROM PUBLIC;

REVOKE ALL ON SCHEMA queues FROM queue_definer;
GRANT USAGE ON SCHEMA queues TO queue_definer;

REVOKE ALL ON SCHEMA queues FROM worker_service_user;
GRANT USAGE ON SCHEMA queues TO worker_service_user;

-- schema comms
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA comms FROM PUBLIC;

REVOKE ALL ON SCHEMA comms FROM api_definer;
GRANT USAGE ON SCHEMA comms TO api_definer;

REVOKE ALL ON SCHEMA comms FROM api_reader;
GRANT USAGE ON SCHEMA comms TO api_reader;

REVOKE ALL ON SCHEMA comms FROM comms_definer;
GRANT USAGE ON SCHEMA comms TO comms_definer;

REVOKE ALL ON SCHEMA comms FROM worker_service_user;
GRANT USAGE ON SCHEMA comms TO worker_service_user;

-- schema public
REVOKE USAGE, CREATE ON SCHEMA public FROM PUBLIC;

-- default privileges
ALTER DEFAULT PRIVILEGES FOR ROLE queue_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- function queues.dequeue_next_available_task()
REVOKE ALL ON FUNCTION queues.dequeue_next_available_task() FROM PUBLIC;

REVOKE ALL ON FUNCTION queues.dequeue_next_available_task() FROM worker_service_user;
GRANT EXECUTE ON FUNCTION queues.dequeue_next_available_task() TO worker_service_user;

-- function queues.append_error(bigint, text)
REVOKE ALL ON FUNCTION queues.append_error(bigint, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION queues.append_error(bigint, text) FROM worker_service_user;
GRANT EXECUTE ON FUNCTION queues.append_error(bigint, text) TO worker_service_user;

-- function internal.run_function(text, jsonb)
REVOKE ALL ON FUNCTION internal.run_function(text, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION internal.run_function(text, jsonb) FROM worker_service_user;
GRANT EXECUTE ON FUNCTION internal.run_function(text, jsonb) TO worker_service_user;

-- function internal.enqueue_task(text, jsonb)
REVOKE ALL ON FUNCTION internal.enqueue_task(text, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION internal.enqueue_task(text, jsonb) FROM api_definer;
GRANT EXECUTE ON FUNCTION internal.enqueue_task(text, jsonb) TO api_definer;

REVOKE ALL ON FUNCTION internal.enqueue_task(text, jsonb) FROM comms_definer;
GRANT EXECUTE ON FUNCTION internal.enqueue_task(text, jsonb) TO comms_definer;

-- function comms.send_email_supervisor(jsonb)
REVOKE ALL ON FUNCTION comms.send_email_supervisor(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION comms.send_email_supervisor(jsonb) FROM worker_service_user;
GRANT EXECUTE ON FUNCTION comms.send_email_supervisor(jsonb) TO worker_service_user;

-- function comms.get_email_payload(jsonb)
REVOKE ALL ON FUNCTION comms.get_email_payload(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION comms.get_email_payload(jsonb) FROM worker_service_user;
GRANT EXECUTE ON FUNCTION comms.get_email_payload(jsonb) TO worker_service_user;

-- function comms.record_email_success(jsonb)
REVOKE ALL ON FUNCTION comms.record_email_success(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION comms.record_email_success(jsonb) FROM worker_service_user;
GRANT EXECUTE ON FUNCTION comms.record_email_success(jsonb) TO worker_service_user;

-- function comms.record_email_failure(jsonb)
REVOKE ALL ON FUNCTION comms.record_email_failure(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION comms.record_email_failure(jsonb) FROM worker_service_user;
GRANT EXECUTE ON FUNCTION comms.record_email_failure(jsonb) TO worker_service_user;

-- function api.request_email(text, text, text)
REVOKE ALL ON FUNCTION api.request_email(text, text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION api.request_email(text, text, text) FROM anon;
GRANT EXECUTE ON FUNCTION api.request_email(text, text, text) TO anon;

REVOKE ALL ON FUNCTION api.request_email(text, text, text) FROM authenticated;
GRANT EXECUTE ON FUNCTION api.request_email(text, text, text) TO authenticated;

-- function api.health()
REVOKE ALL ON FUNCTION api.health() FROM PUBLIC;

REVOKE ALL ON FUNCTION api.health() FROM anon;
GRANT EXECUTE ON FUNCTION api.health() TO anon;

REVOKE ALL ON FUNCTION api.health() FROM authenticated;
GRANT EXECUTE ON FUNCTION api.health() TO authenticated;

-- view api.my_emails
REVOKE ALL ON TABLE api.my_emails FROM PUBLIC;

REVOKE ALL ON TABLE api.my_emails FROM authenticated;
GRANT SELECT ON TABLE api.my_emails TO authenticated;

-- view api.public_notices
REVOKE ALL ON TABLE api.public_notices FROM PUBLIC;

REVOKE ALL ON TABLE api.public_notices FROM anon;
GRANT SELECT ON TABLE api.public_notices TO anon;

REVOKE ALL ON TABLE api.public_notices FROM authenticated;
GRANT SELECT ON TABLE api.public_notices TO authenticated;

-- table queues.tasks
REVOKE ALL ON TABLE queues.tasks FROM PUBLIC;

REVOKE ALL ON TABLE queues.tasks FROM queue_definer;
GRANT SELECT, INSERT (kind, payload), UPDATE (locked_at, attempts) ON TABLE queues.tasks TO queue_definer;

-- table queues.errors
REVOKE ALL ON TABLE queues.errors FROM PUBLIC;

REVOKE ALL ON TABLE queues.errors FROM queue_definer;
GRANT INSERT (task_id, message) ON TABLE queues.errors TO queue_definer;

-- table comms.emails
ALTER TABLE comms.emails ALTER COLUMN requested_by SET DEFAULT (nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', ''));

REVOKE ALL ON TABLE comms.emails FROM PUBLIC;

REVOKE ALL ON TABLE comms.emails FROM api_definer;
GRANT SELECT (email_id, requested_by), INSERT (recipient, subject, body) ON TABLE comms.emails TO api_definer;

REVOKE ALL ON TABLE comms.emails FROM api_reader;
GRANT SELECT (email_id, requested_by, recipient, subject, status, created_at) ON TABLE comms.emails TO api_reader;

REVOKE ALL ON TABLE comms.emails FROM comms_definer;
GRANT SELECT, UPDATE (status, sent_at, failure) ON TABLE comms.emails TO comms_definer;

-- table comms.notices
REVOKE ALL ON TABLE comms.notices FROM PUBLIC;

REVOKE ALL ON TABLE comms.notices FROM api_reader;
GRANT SELECT ON TABLE comms.notices TO api_reader;
