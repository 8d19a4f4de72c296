-- Policy set PGFLOW for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- table pgflow.flows
ALTER TABLE pgflow.flows ENABLE ROW LEVEL SECURITY;
ALTER TABLE pgflow.flows FORCE ROW LEVEL SECURITY;

-- table pgflow.steps
ALTER TABLE pgflow.steps ENABLE ROW LEVEL SECURITY;
ALTER TABLE pgflow.steps FORCE ROW LEVEL SECURITY;

-- table pgflow.deps
ALTER TABLE pgflow.deps ENABLE ROW LEVEL SECURITY;
ALTER TABLE pgflow.deps FORCE ROW LEVEL SECURITY;

-- table pgflow.teams
ALTER TABLE pgflow.teams ENABLE ROW LEVEL SECURITY;
ALTER TABLE pgflow.teams FORCE ROW LEVEL SECURITY;

-- table pgflow.team_members
ALTER TABLE pgflow.team_members ENABLE ROW LEVEL SECURITY;
ALTER TABLE pgflow.team_members FORCE ROW LEVEL SECURITY;

-- table pgflow.flow_grants
ALTER TABLE pgflow.flow_grants ENABLE ROW LEVEL SECURITY;
ALTER TABLE pgflow.flow_grants FORCE ROW LEVEL SECURITY;

-- table pgflow.runs
ALTER TABLE pgflow.runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE pgflow.runs FORCE ROW LEVEL SECURITY;

-- table pgflow.step_states
ALTER TABLE pgflow.step_states ENABLE ROW LEVEL SECURITY;
ALTER TABLE pgflow.step_states FORCE ROW LEVEL SECURITY;

-- table pgflow.step_tasks
ALTER TABLE pgflow.step_tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE pgflow.step_tasks FORCE ROW LEVEL SECURITY;

-- table pgflow.workers
ALTER TABLE pgflow.workers ENABLE ROW LEVEL SECURITY;
ALTER TABLE pgflow.workers FORCE ROW LEVEL SECURITY;

-- table pgflow.worker_functions
ALTER TABLE pgflow.worker_functions ENABLE ROW LEVEL SECURITY;
ALTER TABLE pgflow.worker_functions FORCE ROW LEVEL SECURITY;

-- table pgflow_audit.runs
ALTER TABLE pgflow_audit.runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE pgflow_audit.runs FORCE ROW LEVEL SECURITY;

-- table pgflow_audit.reads
ALTER TABLE pgflow_audit.reads ENABLE ROW LEVEL SECURITY;
ALTER TABLE pgflow_audit.reads FORCE ROW LEVEL SECURITY;

-- role pgflow_owner
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pgflow_owner') THEN
        BEGIN
            CREATE ROLE pgflow_owner NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'pgflow_owner';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'pgflow_owner', wrong);
    END IF;
END
$hedgerow$;

-- role pgflow_definer
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pgflow_definer') THEN
        BEGIN
            CREATE ROLE pgflow_definer NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'pgflow_definer';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'pgflow_definer', wrong);
    END IF;
END
$hedgerow$;

-- role pgflow_audit_writer
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pgflow_audit_writer') THEN
        BEGIN
            CREATE ROLE pgflow_audit_writer NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'pgflow_audit_writer';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'pgflow_audit_writer', wrong);
    END IF;
END
$hedgerow$;

-- role pgflow_auditor
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pgflow_auditor') THEN
        BEGIN
            CREATE ROLE pgflow_auditor LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'pgflow_auditor';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'pgflow_auditor', wrong);
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_database AS d, aclexplode(d.datacl) AS a JOIN pg_roles AS r ON r.oid = a.grantee
        WHERE d.datname = current_database() AND r.rolname = 'pgflow_auditor' AND a.privilege_type = 'CONNECT'
    ) THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), 'pgflow_auditor');
    END IF;
END
$hedgerow$;

-- role pgflow_partner
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pgflow_partner') THEN
        BEGIN
            CREATE ROLE pgflow_partner LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'pgflow_partner';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'pgflow_partner', wrong);
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_database AS d, aclexplode(d.datacl) AS a JOIN pg_roles AS r ON r.oid = a.grantee
        WHERE d.datname = current_database() AND r.rolname = 'pgflow_partner' AND a.privilege_type = 'CONNECT'
    ) THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), 'pgflow_partner');
    END IF;
END
$hedgerow$;

-- role pgflow_gatekeeper
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pgflow_gatekeeper') THEN
        BEGIN
            CREATE ROLE pgflow_gatekeeper NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'pgflow_gatekeeper';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'pgflow_gatekeeper', wrong);
    END IF;
END
$hedgerow$;

-- role pgflow_definer
DO $hedgerow$
BEGIN
    IF NOT pg_has_role(current_user, 'pgflow_definer', 'USAGE') THEN
        GRANT pgflow_definer TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT pg_has_role(current_user, 'pgflow_definer', 'USAGE') OR NOT pg_has_role(current_user, 'pgflow_definer', 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', 'pgflow_definer');
        END IF;
    END IF;
END
$hedgerow$;

-- role pgflow_owner
DO $hedgerow$
BEGIN
    IF NOT pg_has_role(current_user, 'pgflow_owner', 'USAGE') THEN
        GRANT pgflow_owner TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT pg_has_role(current_user, 'pgflow_owner', 'USAGE') OR NOT pg_has_role(current_user, 'pgflow_owner', 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', 'pgflow_owner');
        END IF;
    END IF;
END
$hedgerow$;

-- role pgflow_gatekeeper
DO $hedgerow$
BEGIN
    IF NOT pg_has_role(current_user, 'pgflow_gatekeeper', 'USAGE') THEN
        GRANT pgflow_gatekeeper TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT pg_has_role(current_user, 'pgflow_gatekeeper', 'USAGE') OR NOT pg_has_role(current_user, 'pgflow_gatekeeper', 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', 'pgflow_gatekeeper');
        END IF;
    END IF;
END
$hedgerow$;

-- role pgflow_audit_writer
DO $hedgerow$
BEGIN
    IF NOT pg_has_role(current_user, 'pgflow_audit_writer', 'USAGE') THEN
        GRANT pgflow_audit_writer TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT pg_has_role(current_user, 'pgflow_audit_writer', 'USAGE') OR NOT pg_has_role(current_user, 'pgflow_audit_writer', 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', 'pgflow_audit_writer');
        END IF;
    END IF;
END
$hedgerow$;

-- function pgflow.start_flow_with_states(text, jsonb, uuid)
CREATE OR REPLACE FUNCTION pgflow.start_flow_with_states(flow_slug text, input jsonb, run_id uuid) RETURNS jsonb
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pgflow, pg_temp
AS $hedgerow$
DECLARE
    started uuid := coalesce(start_flow_with_states.run_id, gen_random_uuid());
BEGIN
    -- Whose run it is, the column's default says; whether the caller may, the policies do.
    INSERT INTO pgflow.runs (run_id, flow_slug, input, remaining_steps)
    SELECT started, start_flow_with_states.flow_slug, start_flow_with_states.input, count(s.step_slug)
    FROM pgflow.steps AS s
    WHERE s.flow_slug = start_flow_with_states.flow_slug;

    INSERT INTO pgflow.step_states (run_id, step_slug, status, remaining_deps, started_at)
    SELECT started, s.step_slug, CASE WHEN d.deps = 0 THEN 'started' ELSE 'created' END, d.deps, CASE WHEN d.deps = 0 THEN now() END
    FROM pgflow.steps AS s
    CROSS JOIN LATERAL (
        SELECT count(*)::integer AS deps
        FROM pgflow.deps AS w
        WHERE w.flow_slug = s.flow_slug AND w.step_slug = s.step_slug
    ) AS d
    WHERE s.flow_slug = start_flow_with_states.flow_slug;

    INSERT INTO pgflow.step_tasks (run_id, step_slug)
    SELECT t.run_id, t.step_slug
    FROM pgflow.step_states AS t
    WHERE t.run_id = started AND t.status = 'started';

    RETURN pgflow.run_with_states(started);
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('pgflow.start_flow_with_states(text, jsonb, uuid)')) IS DISTINCT FROM 'pgflow_definer' THEN
        IF has_schema_privilege('pgflow_definer', 'pgflow', 'CREATE') THEN
            ALTER FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) OWNER TO pgflow_definer;
        ELSE
            GRANT CREATE ON SCHEMA pgflow TO pgflow_definer;
            ALTER FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) OWNER TO pgflow_definer;
            REVOKE CREATE ON SCHEMA pgflow FROM pgflow_definer;
        END IF;
    END IF;
END
$hedgerow$;

-- function pgflow.get_run_with_states(uuid)
CREATE OR REPLACE FUNCTION pgflow.get_run_with_states(run_id uuid) RETURNS jsonb
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pgflow, pg_temp
AS $hedgerow$
DECLARE
    run jsonb := pgflow.run_with_states(get_run_with_states.run_id);
BEGIN
    -- No trigger fires for a SELECT: who looks at runs is written down here, also if there was nothing for the caller to see.
    INSERT INTO pgflow_audit.reads (run_id, found) VALUES (get_run_with_states.run_id, run IS NOT NULL);
    RETURN run;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('pgflow.get_run_with_states(uuid)')) IS DISTINCT FROM 'pgflow_definer' THEN
        IF has_schema_privilege('pgflow_definer', 'pgflow', 'CREATE') THEN
            ALTER FUNCTION pgflow.get_run_with_states(uuid) OWNER TO pgflow_definer;
        ELSE
            GRANT CREATE ON SCHEMA pgflow TO pgflow_definer;
            ALTER FUNCTION pgflow.get_run_with_states(uuid) OWNER TO pgflow_definer;
            REVOKE CREATE ON SCHEMA pgflow FROM pgflow_definer;
        END IF;
    END IF;
END
$hedgerow$;

-- function pgflow.run_with_states(uuid)
CREATE OR REPLACE FUNCTION pgflow.run_with_states(run_id uuid) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY INVOKER
    SET search_path = pgflow, pg_temp
AS $hedgerow$
SELECT jsonb_build_object(
    'run', to_jsonb(r),
    'steps', (SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY t.step_slug), '[]') FROM pgflow.step_states AS t WHERE t.run_id = r.run_id)
)
FROM pgflow.runs AS r
WHERE r.run_id = run_with_states.run_id
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('pgflow.run_with_states(uuid)')) IS DISTINCT FROM 'pgflow_owner' THEN
        IF has_schema_privilege('pgflow_owner', 'pgflow', 'CREATE') THEN
            ALTER FUNCTION pgflow.run_with_states(uuid) OWNER TO pgflow_owner;
        ELSE
            GRANT CREATE ON SCHEMA pgflow TO pgflow_owner;
            ALTER FUNCTION pgflow.run_with_states(uuid) OWNER TO pgflow_owner;
            REVOKE CREATE ON SCHEMA pgflow FROM pgflow_owner;
        END IF;
    END IF;
END
$hedgerow$;

-- function pgflow.complete_task(uuid, text, jsonb)
CREATE OR REPLACE FUNCTION pgflow.complete_task(run_id uuid, step_slug text, output jsonb) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY INVOKER
    SET search_path = pgflow, pg_temp
AS $hedgerow$
DECLARE
    next_step record;
BEGIN
    UPDATE pgflow.step_tasks AS t
    SET status = 'completed', output = complete_task.output, completed_at = now()
    WHERE t.run_id = complete_task.run_id AND t.step_slug = complete_task.step_slug AND t.status <> 'completed';
    IF NOT FOUND THEN
        RETURN;
    END IF;

    UPDATE pgflow.step_states AS s
    SET status = 'completed', output = complete_task.output, completed_at = now()
    WHERE s.run_id = complete_task.run_id AND s.step_slug = complete_task.step_slug;

    FOR next_step IN
        UPDATE pgflow.step_states AS s
        SET remaining_deps = s.remaining_deps - 1
        FROM pgflow.deps AS d, pgflow.runs AS r
        WHERE r.run_id = complete_task.run_id AND s.run_id = r.run_id
            AND d.flow_slug = r.flow_slug AND d.dep_slug = complete_task.step_slug AND d.step_slug = s.step_slug
        RETURNING s.step_slug, s.remaining_deps
    LOOP
        CONTINUE WHEN next_step.remaining_deps > 0;
        UPDATE pgflow.step_states AS s SET status = 'started', started_at = now()
        WHERE s.run_id = complete_task.run_id AND s.step_slug = next_step.step_slug;
        INSERT INTO pgflow.step_tasks (run_id, step_slug) VALUES (complete_task.run_id, next_step.step_slug);
    END LOOP;

    UPDATE pgflow.runs AS r
    SET remaining_steps = r.remaining_steps - 1,
        status = CASE WHEN r.remaining_steps = 1 THEN 'completed' ELSE r.status END,
        completed_at = CASE WHEN r.remaining_steps = 1 THEN now() END
    WHERE r.run_id = complete_task.run_id;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('pgflow.complete_task(uuid, text, jsonb)')) IS DISTINCT FROM 'pgflow_owner' THEN
        IF has_schema_privilege('pgflow_owner', 'pgflow', 'CREATE') THEN
            ALTER FUNCTION pgflow.complete_task(uuid, text, jsonb) OWNER TO pgflow_owner;
        ELSE
            GRANT CREATE ON SCHEMA pgflow TO pgflow_owner;
            ALTER FUNCTION pgflow.complete_task(uuid, text, jsonb) OWNER TO pgflow_owner;
            REVOKE CREATE ON SCHEMA pgflow FROM pgflow_owner;
        END IF;
    END IF;
END
$hedgerow$;

-- function pgflow_gate.start_import(jsonb)
CREATE OR REPLACE FUNCTION pgflow_gate.start_import(input jsonb) RETURNS jsonb
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pgflow_gate, pg_temp
AS $hedgerow$
BEGIN
    -- What the partner may do is decided here; what its user may do, where every run is decided.
    IF pg_column_size(start_import.input) > 4096 THEN
        RAISE insufficient_privilege USING MESSAGE = 'the input of an import has at most 4096 bytes';
    END IF;
    RETURN pgflow.start_flow_with_states('import', start_import.input, NULL);
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('pgflow_gate.start_import(jsonb)')) IS DISTINCT FROM 'pgflow_gatekeeper' THEN
        IF has_schema_privilege('pgflow_gatekeeper', 'pgflow_gate', 'CREATE') THEN
            ALTER FUNCTION pgflow_gate.start_import(jsonb) OWNER TO pgflow_gatekeeper;
        ELSE
            GRANT CREATE ON SCHEMA pgflow_gate TO pgflow_gatekeeper;
            ALTER FUNCTION pgflow_gate.start_import(jsonb) OWNER TO pgflow_gatekeeper;
            REVOKE CREATE ON SCHEMA pgflow_gate FROM pgflow_gatekeeper;
        END IF;
    END IF;
END
$hedgerow$;

-- function pgflow_audit.run_log_of_run()
CREATE OR REPLACE FUNCTION pgflow_audit.run_log_of_run() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $hedgerow$
#variable_conflict use_column
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO pgflow_audit.runs (table_name, row_id, flow_slug, command, old_row, new_row, at, db_role, claims, user_id)
        SELECT 'pgflow.runs', new_row.run_id::text, new_row.flow_slug, 'insert', NULL, to_jsonb(new_row.*), clock_timestamp(), CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END, jsonb_build_object('user_id', (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid), 'app_role', (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json #>> '{app_metadata,role}', ''))), (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid)
        FROM new_rows AS new_row;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO pgflow_audit.runs (table_name, row_id, flow_slug, command, old_row, new_row, at, db_role, claims, user_id)
        SELECT 'pgflow.runs', coalesce(new_row.run_id, old_row.run_id)::text, CASE WHEN new_row.run_id IS NULL THEN old_row.flow_slug ELSE new_row.flow_slug END, 'update', to_jsonb(old_row.*), to_jsonb(new_row.*), clock_timestamp(), CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END, jsonb_build_object('user_id', (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid), 'app_role', (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json #>> '{app_metadata,role}', ''))), (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid)
        FROM new_rows AS new_row
        FULL JOIN old_rows AS old_row ON new_row.run_id = old_row.run_id AND new_row.flow_slug IS NOT DISTINCT FROM old_row.flow_slug;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO pgflow_audit.runs (table_name, row_id, flow_slug, command, old_row, new_row, at, db_role, claims, user_id)
        SELECT 'pgflow.runs', old_row.run_id::text, old_row.flow_slug, 'delete', to_jsonb(old_row.*), NULL, clock_timestamp(), CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END, jsonb_build_object('user_id', (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid), 'app_role', (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json #>> '{app_metadata,role}', ''))), (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid)
        FROM old_rows AS old_row;
    ELSE
        RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'pgflow.runs is logged by pgflow_audit.runs, which has no entry for a TRUNCATE', HINT = 'Use DELETE.';
    END IF;
    RETURN NULL;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('pgflow_audit.run_log_of_run()')) IS DISTINCT FROM 'pgflow_audit_writer' THEN
        IF has_schema_privilege('pgflow_audit_writer', 'pgflow_audit', 'CREATE') THEN
            ALTER FUNCTION pgflow_audit.run_log_of_run() OWNER TO pgflow_audit_writer;
        ELSE
            GRANT CREATE ON SCHEMA pgflow_audit TO pgflow_audit_writer;
            ALTER FUNCTION pgflow_audit.run_log_of_run() OWNER TO pgflow_audit_writer;
            REVOKE CREATE ON SCHEMA pgflow_audit FROM pgflow_audit_writer;
        END IF;
    END IF;
END
$hedgerow$;

-- table pgflow.flows
DROP POLICY IF EXISTS select_authenticated ON pgflow.flows;
CREATE POLICY select_authenticated ON pgflow.flows FOR SELECT TO authenticated, pgflow_definer
    USING (flow_slug = ANY (ARRAY(SELECT g.flow_slug FROM pgflow.flow_grants AS g)));

-- table pgflow.steps
DROP POLICY IF EXISTS select_authenticated ON pgflow.steps;
CREATE POLICY select_authenticated ON pgflow.steps FOR SELECT TO authenticated, pgflow_definer
    USING (flow_slug = ANY (ARRAY(SELECT g.flow_slug FROM pgflow.flow_grants AS g)));

-- table pgflow.deps
DROP POLICY IF EXISTS select_pgflow_definer ON pgflow.deps;
CREATE POLICY select_pgflow_definer ON pgflow.deps FOR SELECT TO pgflow_definer
    USING (flow_slug = ANY (ARRAY(SELECT g.flow_slug FROM pgflow.flow_grants AS g)));

-- table pgflow.teams
DROP POLICY IF EXISTS tenant_floor ON pgflow.teams;
CREATE POLICY tenant_floor ON pgflow.teams AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (
        team_id = ANY (ARRAY(
            SELECT m.team_id
            FROM pgflow.team_members AS m
            WHERE m.user_id = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid)
        ))
    );

DROP POLICY IF EXISTS select_authenticated ON pgflow.teams;
CREATE POLICY select_authenticated ON pgflow.teams FOR SELECT TO authenticated
    USING (
        team_id = ANY (ARRAY(
            SELECT m.team_id
            FROM pgflow.team_members AS m
            WHERE m.user_id = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid)
        ))
    );

-- table pgflow.team_members
DROP POLICY IF EXISTS tenant_floor ON pgflow.team_members;
CREATE POLICY tenant_floor ON pgflow.team_members AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (
        user_id = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid)
    );

DROP POLICY IF EXISTS select_authenticated ON pgflow.team_members;
CREATE POLICY select_authenticated ON pgflow.team_members FOR SELECT TO authenticated, pgflow_definer
    USING (
        user_id = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid)
    );

-- table pgflow.flow_grants
DROP POLICY IF EXISTS tenant_floor ON pgflow.flow_grants;
CREATE POLICY tenant_floor ON pgflow.flow_grants AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (
        user_id = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid)
        OR team_id = ANY (ARRAY(
            SELECT m.team_id
            FROM pgflow.team_members AS m
            WHERE m.user_id = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid)
        ))
        OR app_role = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json #>> '{app_metadata,role}', ''))
    );

DROP POLICY IF EXISTS select_authenticated ON pgflow.flow_grants;
CREATE POLICY select_authenticated ON pgflow.flow_grants FOR SELECT TO authenticated, pgflow_definer
    USING (
        user_id = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid)
        OR team_id = ANY (ARRAY(
            SELECT m.team_id
            FROM pgflow.team_members AS m
            WHERE m.user_id = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid)
        ))
        OR app_role = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json #>> '{app_metadata,role}', ''))
    );

-- table pgflow.runs
DROP POLICY IF EXISTS tenant_floor ON pgflow.runs;
CREATE POLICY tenant_floor ON pgflow.runs AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (
        user_id = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid)
    );

DROP POLICY IF EXISTS "Users can see their own runs" ON pgflow.runs;
CREATE POLICY "Users can see their own runs" ON pgflow.runs FOR SELECT TO authenticated, pgflow_definer
    USING (
        user_id = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid)
    );

DROP POLICY IF EXISTS insert_pgflow_definer ON pgflow.runs;
CREATE POLICY insert_pgflow_definer ON pgflow.runs FOR INSERT TO pgflow_definer
    WITH CHECK (
        user_id = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid)
        AND flow_slug = ANY (ARRAY(SELECT g.flow_slug FROM pgflow.flow_grants AS g))
    );

-- table pgflow.step_states
DROP POLICY IF EXISTS tenant_floor ON pgflow.step_states;
CREATE POLICY tenant_floor ON pgflow.step_states AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (EXISTS (SELECT 1 FROM pgflow.runs WHERE runs.run_id = step_states.run_id));

DROP POLICY IF EXISTS select_authenticated ON pgflow.step_states;
CREATE POLICY select_authenticated ON pgflow.step_states FOR SELECT TO authenticated, pgflow_definer
    USING (EXISTS (SELECT 1 FROM pgflow.runs WHERE runs.run_id = step_states.run_id));

DROP POLICY IF EXISTS insert_pgflow_definer ON pgflow.step_states;
CREATE POLICY insert_pgflow_definer ON pgflow.step_states FOR INSERT TO pgflow_definer
    WITH CHECK (EXISTS (SELECT 1 FROM pgflow.runs WHERE runs.run_id = step_states.run_id));

-- table pgflow.step_tasks
DROP POLICY IF EXISTS tenant_floor ON pgflow.step_tasks;
CREATE POLICY tenant_floor ON pgflow.step_tasks AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (EXISTS (SELECT 1 FROM pgflow.runs WHERE runs.run_id = step_tasks.run_id));

DROP POLICY IF EXISTS select_authenticated ON pgflow.step_tasks;
CREATE POLICY select_authenticated ON pgflow.step_tasks FOR SELECT TO authenticated
    USING (EXISTS (SELECT 1 FROM pgflow.runs WHERE runs.run_id = step_tasks.run_id));

DROP POLICY IF EXISTS insert_pgflow_definer ON pgflow.step_tasks;
CREATE POLICY insert_pgflow_definer ON pgflow.step_tasks FOR INSERT TO pgflow_definer
    WITH CHECK (EXISTS (SELECT 1 FROM pgflow.runs WHERE runs.run_id = step_tasks.run_id));

-- table pgflow_audit.runs
DROP POLICY IF EXISTS insert_pgflow_audit_writer ON pgflow_audit.runs;
CREATE POLICY insert_pgflow_audit_writer ON pgflow_audit.runs FOR INSERT TO pgflow_audit_writer
    WITH CHECK (true);

DROP POLICY IF EXISTS select_pgflow_auditor ON pgflow_audit.runs;
CREATE POLICY select_pgflow_auditor ON pgflow_audit.runs FOR SELECT TO pgflow_auditor
    USING (true);

-- table pgflow_audit.reads
DROP POLICY IF EXISTS insert_pgflow_definer ON pgflow_audit.reads;
CREATE POLICY insert_pgflow_definer ON pgflow_audit.reads FOR INSERT TO pgflow_definer
    WITH CHECK (
        user_id = (SELECT nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid)
    );

DROP POLICY IF EXISTS select_pgflow_auditor ON pgflow_audit.reads;
CREATE POLICY select_pgflow_auditor ON pgflow_audit.reads FOR SELECT TO pgflow_auditor
    USING (true);

-- table pgflow.runs
CREATE OR REPLACE TRIGGER run_log_insert
    AFTER INSERT ON pgflow.runs
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgflow_audit.run_log_of_run();

CREATE OR REPLACE TRIGGER run_log_update
    AFTER UPDATE ON pgflow.runs
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgflow_audit.run_log_of_run();

CREATE OR REPLACE TRIGGER run_log_delete
    AFTER DELETE ON pgflow.runs
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgflow_audit.run_log_of_run();

CREATE OR REPLACE TRIGGER run_log_truncate
    AFTER TRUNCATE ON pgflow.runs
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgflow_audit.run_log_of_run();

-- schema pgflow
REVOKE ALL ON SCHEMA pgflow FROM authenticated;
GRANT USAGE ON SCHEMA pgflow TO authenticated;

REVOKE ALL ON SCHEMA pgflow FROM pgflow_definer;
GRANT USAGE ON SCHEMA pgflow TO pgflow_definer;

REVOKE ALL ON SCHEMA pgflow FROM pgflow_gatekeeper;
GRANT USAGE ON SCHEMA pgflow TO pgflow_gatekeeper;

REVOKE ALL ON SCHEMA pgflow FROM service_role;
GRANT USAGE ON SCHEMA pgflow TO service_role;

-- schema pgflow_audit
REVOKE ALL ON SCHEMA pgflow_audit FROM pgflow_audit_writer;
GRANT USAGE ON SCHEMA pgflow_audit TO pgflow_audit_writer;

REVOKE ALL ON SCHEMA pgflow_audit FROM pgflow_auditor;
GRANT USAGE ON SCHEMA pgflow_audit TO pgflow_auditor;

REVOKE ALL ON SCHEMA pgflow_audit FROM pgflow_definer;
GRANT USAGE ON SCHEMA pgflow_audit TO pgflow_definer;

-- schema pgflow_gate
REVOKE ALL ON SCHEMA pgflow_gate FROM pgflow_partner;
GRANT USAGE ON SCHEMA pgflow_gate TO pgflow_partner;

-- default privileges
ALTER DEFAULT PRIVILEGES FOR ROLE pgflow_owner IN SCHEMA pgflow REVOKE ALL ON TABLES FROM service_role;
ALTER DEFAULT PRIVILEGES FOR ROLE pgflow_owner IN SCHEMA pgflow GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO service_role;

ALTER DEFAULT PRIVILEGES FOR ROLE pgflow_owner IN SCHEMA pgflow REVOKE ALL ON SEQUENCES FROM service_role;
ALTER DEFAULT PRIVILEGES FOR ROLE pgflow_owner IN SCHEMA pgflow GRANT ALL ON SEQUENCES TO service_role;

-- function pgflow.start_flow_with_states(text, jsonb, uuid)
REVOKE ALL ON FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) FROM authenticated;
GRANT EXECUTE ON FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) TO authenticated;

REVOKE ALL ON FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) FROM pgflow_gatekeeper;
GRANT EXECUTE ON FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) TO pgflow_gatekeeper;

REVOKE ALL ON FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) FROM service_role;
GRANT EXECUTE ON FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) TO service_role;

-- function pgflow.get_run_with_states(uuid)
REVOKE ALL ON FUNCTION pgflow.get_run_with_states(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION pgflow.get_run_with_states(uuid) FROM authenticated;
GRANT EXECUTE ON FUNCTION pgflow.get_run_with_states(uuid) TO authenticated;

REVOKE ALL ON FUNCTION pgflow.get_run_with_states(uuid) FROM service_role;
GRANT EXECUTE ON FUNCTION pgflow.get_run_with_states(uuid) TO service_role;

-- function pgflow.run_with_states(uuid)
REVOKE ALL ON FUNCTION pgflow.run_with_states(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION pgflow.run_with_states(uuid) FROM pgflow_definer;
GRANT EXECUTE ON FUNCTION pgflow.run_with_states(uuid) TO pgflow_definer;

REVOKE ALL ON FUNCTION pgflow.run_with_states(uuid) FROM service_role;
GRANT EXECUTE ON FUNCTION pgflow.run_with_states(uuid) TO service_role;

-- function pgflow.complete_task(uuid, text, jsonb)
REVOKE ALL ON FUNCTION pgflow.complete_task(uuid, text, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION pgflow.complete_task(uuid, text, jsonb) FROM service_role;
GRANT EXECUTE ON FUNCTION pgflow.complete_task(uuid, text, jsonb) TO service_role;

-- function pgflow_gate.start_import(jsonb)
REVOKE ALL ON FUNCTION pgflow_gate.start_import(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION pgflow_gate.start_import(jsonb) FROM pgflow_partner;
GRANT EXECUTE ON FUNCTION pgflow_gate.start_import(jsonb) TO pgflow_partner;

-- function pgflow_audit.run_log_of_run()
REVOKE ALL ON FUNCTION pgflow_audit.run_log_of_run() FROM PUBLIC;

-- table pgflow.flows
REVOKE ALL ON TABLE pgflow.flows FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.flows FROM authenticated;
GRANT SELECT ON TABLE pgflow.flows TO authenticated;

REVOKE ALL ON TABLE pgflow.flows FROM pgflow_definer;
GRANT SELECT ON TABLE pgflow.flows TO pgflow_definer;

REVOKE ALL ON TABLE pgflow.flows FROM service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE pgflow.flows TO service_role;

-- table pgflow.steps
REVOKE ALL ON TABLE pgflow.steps FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.steps FROM authenticated;
GRANT SELECT ON TABLE pgflow.steps TO authenticated;

REVOKE ALL ON TABLE pgflow.steps FROM pgflow_definer;
GRANT SELECT ON TABLE pgflow.steps TO pgflow_definer;

REVOKE ALL ON TABLE pgflow.steps FROM service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE pgflow.steps TO service_role;

-- table pgflow.deps
REVOKE ALL ON TABLE pgflow.deps FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.deps FROM pgflow_definer;
GRANT SELECT ON TABLE pgflow.deps TO pgflow_definer;

REVOKE ALL ON TABLE pgflow.deps FROM service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE pgflow.deps TO service_role;

-- table pgflow.teams
REVOKE ALL ON TABLE pgflow.teams FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.teams FROM authenticated;
GRANT SELECT ON TABLE pgflow.teams TO authenticated;

REVOKE ALL ON TABLE pgflow.teams FROM service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE pgflow.teams TO service_role;

-- table pgflow.team_members
REVOKE ALL ON TABLE pgflow.team_members FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.team_members FROM authenticated;
GRANT SELECT ON TABLE pgflow.team_members TO authenticated;

REVOKE ALL ON TABLE pgflow.team_members FROM pgflow_definer;
GRANT SELECT ON TABLE pgflow.team_members TO pgflow_definer;

REVOKE ALL ON TABLE pgflow.team_members FROM service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE pgflow.team_members TO service_role;

-- table pgflow.flow_grants
REVOKE ALL ON TABLE pgflow.flow_grants FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.flow_grants FROM authenticated;
GRANT SELECT ON TABLE pgflow.flow_grants TO authenticated;

REVOKE ALL ON TABLE pgflow.flow_grants FROM pgflow_definer;
GRANT SELECT ON TABLE pgflow.flow_grants TO pgflow_definer;

REVOKE ALL ON TABLE pgflow.flow_grants FROM service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE pgflow.flow_grants TO service_role;

REVOKE ALL ON SEQUENCE pgflow.flow_grants_grant_id_seq FROM service_role;
GRANT ALL ON SEQUENCE pgflow.flow_grants_grant_id_seq TO service_role;

-- table pgflow.runs
ALTER TABLE pgflow.runs ALTER COLUMN user_id SET DEFAULT (nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid);

REVOKE ALL ON TABLE pgflow.runs FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.runs FROM authenticated;
GRANT SELECT ON TABLE pgflow.runs TO authenticated;

REVOKE ALL ON TABLE pgflow.runs FROM pgflow_definer;
GRANT SELECT, INSERT ON TABLE pgflow.runs TO pgflow_definer;

REVOKE ALL ON TABLE pgflow.runs FROM service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE pgflow.runs TO service_role;

-- table pgflow.step_states
REVOKE ALL ON TABLE pgflow.step_states FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.step_states FROM authenticated;
GRANT SELECT ON TABLE pgflow.step_states TO authenticated;

REVOKE ALL ON TABLE pgflow.step_states FROM pgflow_definer;
GRANT SELECT, INSERT ON TABLE pgflow.step_states TO pgflow_definer;

REVOKE ALL ON TABLE pgflow.step_states FROM service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE pgflow.step_states TO service_role;

-- table pgflow.step_tasks
REVOKE ALL ON TABLE pgflow.step_tasks FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.step_tasks FROM authenticated;
GRANT SELECT (run_id, step_slug, task_index, status, attempts_count, output, queued_at, completed_at) ON TABLE pgflow.step_tasks TO authenticated;

REVOKE ALL ON TABLE pgflow.step_tasks FROM pgflow_definer;
GRANT INSERT (run_id, step_slug) ON TABLE pgflow.step_tasks TO pgflow_definer;

REVOKE ALL ON TABLE pgflow.step_tasks FROM service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE pgflow.step_tasks TO service_role;

REVOKE ALL ON SEQUENCE pgflow.step_tasks_message_id_seq FROM pgflow_definer;
GRANT USAGE ON SEQUENCE pgflow.step_tasks_message_id_seq TO pgflow_definer;

REVOKE ALL ON SEQUENCE pgflow.step_tasks_message_id_seq FROM service_role;
GRANT ALL ON SEQUENCE pgflow.step_tasks_message_id_seq TO service_role;

-- table pgflow.workers
REVOKE ALL ON TABLE pgflow.workers FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.workers FROM service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE pgflow.workers TO service_role;

-- table pgflow.worker_functions
REVOKE ALL ON TABLE pgflow.worker_functions FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.worker_functions FROM service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE pgflow.worker_functions TO service_role;

-- table pgflow_audit.runs
REVOKE ALL ON TABLE pgflow_audit.runs FROM PUBLIC;

REVOKE ALL ON TABLE pgflow_audit.runs FROM pgflow_audit_writer;
GRANT INSERT ON TABLE pgflow_audit.runs TO pgflow_audit_writer;

REVOKE ALL ON TABLE pgflow_audit.runs FROM pgflow_auditor;
GRANT SELECT ON TABLE pgflow_audit.runs TO pgflow_auditor;

REVOKE ALL ON SEQUENCE pgflow_audit.runs_id_seq FROM pgflow_audit_writer;
GRANT USAGE ON SEQUENCE pgflow_audit.runs_id_seq TO pgflow_audit_writer;

-- table pgflow_audit.reads
ALTER TABLE pgflow_audit.reads ALTER COLUMN user_id SET DEFAULT (nullif(nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub', '')::uuid);

REVOKE ALL ON TABLE pgflow_audit.reads FROM PUBLIC;

REVOKE ALL ON TABLE pgflow_audit.reads FROM pgflow_auditor;
GRANT SELECT ON TABLE pgflow_audit.reads TO pgflow_auditor;

REVOKE ALL ON TABLE pgflow_audit.reads FROM pgflow_definer;
GRANT INSERT (run_id, found) ON TABLE pgflow_audit.reads TO pgflow_definer;

REVOKE ALL ON SEQUENCE pgflow_audit.reads_id_seq FROM pgflow_definer;
GRANT USAGE ON SEQUENCE pgflow_audit.reads_id_seq TO pgflow_definer;
