-- Policy set PGFLOW_MINIMAL for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- role pgflow_minimal_owner
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pgflow_minimal_owner') THEN
        BEGIN
            CREATE ROLE pgflow_minimal_owner NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'pgflow_minimal_owner';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'pgflow_minimal_owner', wrong);
    END IF;
END
$hedgerow$;

-- role pgflow_minimal_definer
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pgflow_minimal_definer') THEN
        BEGIN
            CREATE ROLE pgflow_minimal_definer NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'pgflow_minimal_definer';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'pgflow_minimal_definer', wrong);
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF NOT pg_has_role(current_user, 'pgflow_minimal_definer', 'USAGE') THEN
        GRANT pgflow_minimal_definer TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT pg_has_role(current_user, 'pgflow_minimal_definer', 'USAGE') OR NOT pg_has_role(current_user, 'pgflow_minimal_definer', 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', 'pgflow_minimal_definer');
        END IF;
    END IF;
END
$hedgerow$;

-- function pgflow.start_flow_with_states(text, jsonb, uuid)
ALTER FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) SECURITY DEFINER SET search_path = pgflow, pg_temp;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('pgflow.start_flow_with_states(text, jsonb, uuid)')) IS DISTINCT FROM 'pgflow_minimal_definer' THEN
        IF has_schema_privilege('pgflow_minimal_definer', 'pgflow', 'CREATE') THEN
            ALTER FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) OWNER TO pgflow_minimal_definer;
        ELSE
            GRANT CREATE ON SCHEMA pgflow TO pgflow_minimal_definer;
            ALTER FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) OWNER TO pgflow_minimal_definer;
            REVOKE CREATE ON SCHEMA pgflow FROM pgflow_minimal_definer;
        END IF;
    END IF;
END
$hedgerow$;

-- function pgflow.get_run_with_states(uuid)
ALTER FUNCTION pgflow.get_run_with_states(uuid) SECURITY DEFINER SET search_path = pgflow, pg_temp;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('pgflow.get_run_with_states(uuid)')) IS DISTINCT FROM 'pgflow_minimal_definer' THEN
        IF has_schema_privilege('pgflow_minimal_definer', 'pgflow', 'CREATE') THEN
            ALTER FUNCTION pgflow.get_run_with_states(uuid) OWNER TO pgflow_minimal_definer;
        ELSE
            GRANT CREATE ON SCHEMA pgflow TO pgflow_minimal_definer;
            ALTER FUNCTION pgflow.get_run_with_states(uuid) OWNER TO pgflow_minimal_definer;
            REVOKE CREATE ON SCHEMA pgflow FROM pgflow_minimal_definer;
        END IF;
    END IF;
END
$hedgerow$;

-- function pgflow.run_with_states(uuid)
ALTER FUNCTION pgflow.run_with_states(uuid) SECURITY INVOKER;

-- function pgflow.complete_task(uuid, text, jsonb)
ALTER FUNCTION pgflow.complete_task(uuid, text, jsonb) SECURITY INVOKER;

-- schema pgflow
REVOKE ALL ON SCHEMA pgflow FROM authenticated;
GRANT USAGE ON SCHEMA pgflow TO authenticated;

REVOKE ALL ON SCHEMA pgflow FROM pgflow_minimal_definer;
GRANT USAGE ON SCHEMA pgflow TO pgflow_minimal_definer;

REVOKE ALL ON SCHEMA pgflow FROM service_role;
GRANT USAGE ON SCHEMA pgflow TO service_role;

REVOKE ALL ON ALL TABLES IN SCHEMA pgflow FROM service_role;
GRANT ALL ON ALL TABLES IN SCHEMA pgflow TO service_role;

REVOKE ALL ON ALL SEQUENCES IN SCHEMA pgflow FROM service_role;
GRANT ALL ON ALL SEQUENCES IN SCHEMA pgflow TO service_role;

REVOKE ALL ON ALL ROUTINES IN SCHEMA pgflow FROM service_role;
GRANT ALL ON ALL ROUTINES IN SCHEMA pgflow TO service_role;

-- function pgflow.start_flow_with_states(text, jsonb, uuid)
REVOKE ALL ON FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) FROM authenticated;
GRANT EXECUTE ON FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) TO authenticated;

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

REVOKE ALL ON FUNCTION pgflow.run_with_states(uuid) FROM pgflow_minimal_definer;
GRANT EXECUTE ON FUNCTION pgflow.run_with_states(uuid) TO pgflow_minimal_definer;

REVOKE ALL ON FUNCTION pgflow.run_with_states(uuid) FROM service_role;
GRANT EXECUTE ON FUNCTION pgflow.run_with_states(uuid) TO service_role;

-- function pgflow.complete_task(uuid, text, jsonb)
REVOKE ALL ON FUNCTION pgflow.complete_task(uuid, text, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION pgflow.complete_task(uuid, text, jsonb) FROM service_role;
GRANT EXECUTE ON FUNCTION pgflow.complete_task(uuid, text, jsonb) TO service_role;

-- table pgflow.flows
REVOKE ALL ON TABLE pgflow.flows FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.flows FROM authenticated;
GRANT SELECT ON TABLE pgflow.flows TO authenticated;

REVOKE ALL ON TABLE pgflow.flows FROM pgflow_minimal_definer;
GRANT SELECT ON TABLE pgflow.flows TO pgflow_minimal_definer;

REVOKE ALL ON TABLE pgflow.flows FROM service_role;
GRANT ALL ON TABLE pgflow.flows TO service_role;

-- table pgflow.steps
REVOKE ALL ON TABLE pgflow.steps FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.steps FROM authenticated;
GRANT SELECT ON TABLE pgflow.steps TO authenticated;

REVOKE ALL ON TABLE pgflow.steps FROM pgflow_minimal_definer;
GRANT SELECT ON TABLE pgflow.steps TO pgflow_minimal_definer;

REVOKE ALL ON TABLE pgflow.steps FROM service_role;
GRANT ALL ON TABLE pgflow.steps TO service_role;

-- table pgflow.deps
REVOKE ALL ON TABLE pgflow.deps FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.deps FROM pgflow_minimal_definer;
GRANT SELECT ON TABLE pgflow.deps TO pgflow_minimal_definer;

REVOKE ALL ON TABLE pgflow.deps FROM service_role;
GRANT ALL ON TABLE pgflow.deps TO service_role;

-- table pgflow.runs
REVOKE ALL ON TABLE pgflow.runs FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.runs FROM pgflow_minimal_definer;
GRANT SELECT, INSERT ON TABLE pgflow.runs TO pgflow_minimal_definer;

REVOKE ALL ON TABLE pgflow.runs FROM service_role;
GRANT ALL ON TABLE pgflow.runs TO service_role;

-- table pgflow.step_states
REVOKE ALL ON TABLE pgflow.step_states FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.step_states FROM pgflow_minimal_definer;
GRANT SELECT, INSERT ON TABLE pgflow.step_states TO pgflow_minimal_definer;

REVOKE ALL ON TABLE pgflow.step_states FROM service_role;
GRANT ALL ON TABLE pgflow.step_states TO service_role;

-- table pgflow.step_tasks
REVOKE ALL ON TABLE pgflow.step_tasks FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.step_tasks FROM pgflow_minimal_definer;
GRANT INSERT ON TABLE pgflow.step_tasks TO pgflow_minimal_definer;

REVOKE ALL ON TABLE pgflow.step_tasks FROM service_role;
GRANT ALL ON TABLE pgflow.step_tasks TO service_role;

REVOKE ALL ON SEQUENCE pgflow.step_tasks_message_id_seq FROM pgflow_minimal_definer;
GRANT USAGE ON SEQUENCE pgflow.step_tasks_message_id_seq TO pgflow_minimal_definer;

REVOKE ALL ON SEQUENCE pgflow.step_tasks_message_id_seq FROM service_role;
GRANT ALL ON SEQUENCE pgflow.step_tasks_message_id_seq TO service_role;

-- table pgflow.workers
REVOKE ALL ON TABLE pgflow.workers FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.workers FROM service_role;
GRANT ALL ON TABLE pgflow.workers TO service_role;

-- table pgflow.worker_functions
REVOKE ALL ON TABLE pgflow.worker_functions FROM PUBLIC;

REVOKE ALL ON TABLE pgflow.worker_functions FROM service_role;
GRANT ALL ON TABLE pgflow.worker_functions TO service_role;
