-- Policy set PGFLOW_MINIMAL for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- table pgflow.worker_functions
DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.worker_functions') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.worker_functions FROM service_role;
    END IF;
END
$hedgerow$;

-- table pgflow.workers
DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.workers') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.workers FROM service_role;
    END IF;
END
$hedgerow$;

-- table pgflow.step_tasks
DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.step_tasks_message_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE pgflow.step_tasks_message_id_seq FROM service_role;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.step_tasks_message_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE pgflow.step_tasks_message_id_seq FROM pgflow_minimal_definer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.step_tasks') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.step_tasks FROM service_role;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.step_tasks') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.step_tasks FROM pgflow_minimal_definer;
    END IF;
END
$hedgerow$;

-- table pgflow.step_states
DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.step_states') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.step_states FROM service_role;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.step_states') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.step_states FROM pgflow_minimal_definer;
    END IF;
END
$hedgerow$;

-- table pgflow.runs
DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.runs') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.runs FROM service_role;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.runs') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.runs FROM pgflow_minimal_definer;
    END IF;
END
$hedgerow$;

-- table pgflow.deps
DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.deps') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.deps FROM service_role;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.deps') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.deps FROM pgflow_minimal_definer;
    END IF;
END
$hedgerow$;

-- table pgflow.steps
DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.steps') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.steps FROM service_role;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.steps') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.steps FROM pgflow_minimal_definer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.steps') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.steps FROM authenticated;
    END IF;
END
$hedgerow$;

-- table pgflow.flows
DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.flows') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.flows FROM service_role;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.flows') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.flows FROM pgflow_minimal_definer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.flows') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.flows FROM authenticated;
    END IF;
END
$hedgerow$;

-- function pgflow.complete_task(uuid, text, jsonb)
DO $hedgerow$
BEGIN
    IF to_regprocedure('pgflow.complete_task(uuid, text, jsonb)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION pgflow.complete_task(uuid, text, jsonb) FROM service_role;
    END IF;
END
$hedgerow$;

-- function pgflow.run_with_states(uuid)
DO $hedgerow$
BEGIN
    IF to_regprocedure('pgflow.run_with_states(uuid)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION pgflow.run_with_states(uuid) FROM service_role;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regprocedure('pgflow.run_with_states(uuid)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION pgflow.run_with_states(uuid) FROM pgflow_minimal_definer;
    END IF;
END
$hedgerow$;

-- function pgflow.get_run_with_states(uuid)
DO $hedgerow$
BEGIN
    IF to_regprocedure('pgflow.get_run_with_states(uuid)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION pgflow.get_run_with_states(uuid) FROM service_role;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regprocedure('pgflow.get_run_with_states(uuid)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION pgflow.get_run_with_states(uuid) FROM authenticated;
    END IF;
END
$hedgerow$;

-- function pgflow.start_flow_with_states(text, jsonb, uuid)
DO $hedgerow$
BEGIN
    IF to_regprocedure('pgflow.start_flow_with_states(text, jsonb, uuid)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) FROM service_role;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regprocedure('pgflow.start_flow_with_states(text, jsonb, uuid)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) FROM authenticated;
    END IF;
END
$hedgerow$;

-- schema pgflow
REVOKE ALL ON ALL ROUTINES IN SCHEMA pgflow FROM service_role;

REVOKE ALL ON ALL SEQUENCES IN SCHEMA pgflow FROM service_role;

REVOKE ALL ON ALL TABLES IN SCHEMA pgflow FROM service_role;

REVOKE ALL ON SCHEMA pgflow FROM service_role;

REVOKE ALL ON SCHEMA pgflow FROM pgflow_minimal_definer;

REVOKE ALL ON SCHEMA pgflow FROM authenticated;

-- role pgflow_minimal_definer
-- No longer declared under this name. Roles are never dropped.

-- role pgflow_minimal_owner
-- No longer declared under this name. Roles are never dropped.
