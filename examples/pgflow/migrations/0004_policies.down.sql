-- hedgerow: opens pgflow.flows, pgflow.steps, pgflow.deps, pgflow.teams, pgflow.team_members, pgflow.flow_grants, pgflow.runs, pgflow.step_states, pgflow.step_tasks, pgflow.workers, pgflow.worker_functions, pgflow_audit.runs, pgflow_audit.reads
-- Policy set PGFLOW for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- table pgflow_audit.reads
DO $hedgerow$
BEGIN
    IF to_regclass('pgflow_audit.reads_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE pgflow_audit.reads_id_seq FROM pgflow_definer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow_audit.reads') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow_audit.reads FROM pgflow_definer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow_audit.reads') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow_audit.reads FROM pgflow_auditor;
    END IF;
END
$hedgerow$;

ALTER TABLE IF EXISTS pgflow_audit.reads ALTER COLUMN user_id DROP DEFAULT;

DROP POLICY IF EXISTS select_pgflow_auditor ON pgflow_audit.reads;

DROP POLICY IF EXISTS insert_pgflow_definer ON pgflow_audit.reads;

ALTER TABLE IF EXISTS pgflow_audit.reads NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS pgflow_audit.reads DISABLE ROW LEVEL SECURITY;

-- table pgflow_audit.runs
DO $hedgerow$
BEGIN
    IF to_regclass('pgflow_audit.runs_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE pgflow_audit.runs_id_seq FROM pgflow_audit_writer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow_audit.runs') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow_audit.runs FROM pgflow_auditor;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow_audit.runs') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow_audit.runs FROM pgflow_audit_writer;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS select_pgflow_auditor ON pgflow_audit.runs;

DROP POLICY IF EXISTS insert_pgflow_audit_writer ON pgflow_audit.runs;

ALTER TABLE IF EXISTS pgflow_audit.runs NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS pgflow_audit.runs DISABLE ROW LEVEL SECURITY;

-- table pgflow.worker_functions
DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.worker_functions') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.worker_functions FROM service_role;
    END IF;
END
$hedgerow$;

ALTER TABLE IF EXISTS pgflow.worker_functions NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS pgflow.worker_functions DISABLE ROW LEVEL SECURITY;

-- table pgflow.workers
DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.workers') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.workers FROM service_role;
    END IF;
END
$hedgerow$;

ALTER TABLE IF EXISTS pgflow.workers NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS pgflow.workers DISABLE ROW LEVEL SECURITY;

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
        REVOKE ALL ON SEQUENCE pgflow.step_tasks_message_id_seq FROM pgflow_definer;
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
        REVOKE ALL ON TABLE pgflow.step_tasks FROM pgflow_definer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.step_tasks') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.step_tasks FROM authenticated;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS insert_pgflow_definer ON pgflow.step_tasks;

DROP POLICY IF EXISTS select_authenticated ON pgflow.step_tasks;

DROP POLICY IF EXISTS tenant_floor ON pgflow.step_tasks;

ALTER TABLE IF EXISTS pgflow.step_tasks NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS pgflow.step_tasks DISABLE ROW LEVEL SECURITY;

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
        REVOKE ALL ON TABLE pgflow.step_states FROM pgflow_definer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.step_states') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.step_states FROM authenticated;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS insert_pgflow_definer ON pgflow.step_states;

DROP POLICY IF EXISTS select_authenticated ON pgflow.step_states;

DROP POLICY IF EXISTS tenant_floor ON pgflow.step_states;

ALTER TABLE IF EXISTS pgflow.step_states NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS pgflow.step_states DISABLE ROW LEVEL SECURITY;

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
        REVOKE ALL ON TABLE pgflow.runs FROM pgflow_definer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.runs') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.runs FROM authenticated;
    END IF;
END
$hedgerow$;

ALTER TABLE IF EXISTS pgflow.runs ALTER COLUMN user_id DROP DEFAULT;

DROP TRIGGER IF EXISTS run_log_truncate ON pgflow.runs;

DROP TRIGGER IF EXISTS run_log_delete ON pgflow.runs;

DROP TRIGGER IF EXISTS run_log_update ON pgflow.runs;

DROP TRIGGER IF EXISTS run_log_insert ON pgflow.runs;

DROP POLICY IF EXISTS insert_pgflow_definer ON pgflow.runs;

DROP POLICY IF EXISTS "Users can see their own runs" ON pgflow.runs;

DROP POLICY IF EXISTS tenant_floor ON pgflow.runs;

ALTER TABLE IF EXISTS pgflow.runs NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS pgflow.runs DISABLE ROW LEVEL SECURITY;

-- table pgflow.flow_grants
DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.flow_grants_grant_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE pgflow.flow_grants_grant_id_seq FROM service_role;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.flow_grants') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.flow_grants FROM service_role;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.flow_grants') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.flow_grants FROM pgflow_definer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.flow_grants') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.flow_grants FROM authenticated;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS select_authenticated ON pgflow.flow_grants;

DROP POLICY IF EXISTS tenant_floor ON pgflow.flow_grants;

ALTER TABLE IF EXISTS pgflow.flow_grants NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS pgflow.flow_grants DISABLE ROW LEVEL SECURITY;

-- table pgflow.team_members
DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.team_members') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.team_members FROM service_role;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.team_members') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.team_members FROM pgflow_definer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.team_members') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.team_members FROM authenticated;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS select_authenticated ON pgflow.team_members;

DROP POLICY IF EXISTS tenant_floor ON pgflow.team_members;

ALTER TABLE IF EXISTS pgflow.team_members NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS pgflow.team_members DISABLE ROW LEVEL SECURITY;

-- table pgflow.teams
DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.teams') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.teams FROM service_role;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('pgflow.teams') IS NOT NULL THEN
        REVOKE ALL ON TABLE pgflow.teams FROM authenticated;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS select_authenticated ON pgflow.teams;

DROP POLICY IF EXISTS tenant_floor ON pgflow.teams;

ALTER TABLE IF EXISTS pgflow.teams NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS pgflow.teams DISABLE ROW LEVEL SECURITY;

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
        REVOKE ALL ON TABLE pgflow.deps FROM pgflow_definer;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS select_pgflow_definer ON pgflow.deps;

ALTER TABLE IF EXISTS pgflow.deps NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS pgflow.deps DISABLE ROW LEVEL SECURITY;

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
        REVOKE ALL ON TABLE pgflow.steps FROM pgflow_definer;
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

DROP POLICY IF EXISTS select_authenticated ON pgflow.steps;

ALTER TABLE IF EXISTS pgflow.steps NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS pgflow.steps DISABLE ROW LEVEL SECURITY;

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
        REVOKE ALL ON TABLE pgflow.flows FROM pgflow_definer;
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

DROP POLICY IF EXISTS select_authenticated ON pgflow.flows;

ALTER TABLE IF EXISTS pgflow.flows NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS pgflow.flows DISABLE ROW LEVEL SECURITY;

-- function pgflow_gate.start_import(jsonb)
DO $hedgerow$
BEGIN
    IF to_regprocedure('pgflow_gate.start_import(jsonb)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION pgflow_gate.start_import(jsonb) FROM pgflow_partner;
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
        REVOKE ALL ON FUNCTION pgflow.run_with_states(uuid) FROM pgflow_definer;
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
        REVOKE ALL ON FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid) FROM pgflow_gatekeeper;
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

-- default privileges
ALTER DEFAULT PRIVILEGES FOR ROLE pgflow_owner IN SCHEMA pgflow REVOKE ALL ON SEQUENCES FROM service_role;

ALTER DEFAULT PRIVILEGES FOR ROLE pgflow_owner IN SCHEMA pgflow REVOKE ALL ON TABLES FROM service_role;

-- schema pgflow_gate
REVOKE ALL ON SCHEMA pgflow_gate FROM pgflow_partner;

-- schema pgflow_audit
REVOKE ALL ON SCHEMA pgflow_audit FROM pgflow_definer;

REVOKE ALL ON SCHEMA pgflow_audit FROM pgflow_auditor;

REVOKE ALL ON SCHEMA pgflow_audit FROM pgflow_audit_writer;

-- schema pgflow
REVOKE ALL ON SCHEMA pgflow FROM service_role;

REVOKE ALL ON SCHEMA pgflow FROM pgflow_gatekeeper;

REVOKE ALL ON SCHEMA pgflow FROM pgflow_definer;

REVOKE ALL ON SCHEMA pgflow FROM authenticated;

-- role pgflow_gatekeeper
-- No longer declared under this name. Roles are never dropped.

-- role pgflow_partner
DO $hedgerow$
BEGIN
    EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM %I', current_database(), 'pgflow_partner');
END
$hedgerow$;

-- No longer declared under this name. Roles are never dropped.

-- role pgflow_auditor
DO $hedgerow$
BEGIN
    EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM %I', current_database(), 'pgflow_auditor');
END
$hedgerow$;

-- No longer declared under this name. Roles are never dropped.

-- role pgflow_audit_writer
-- No longer declared under this name. Roles are never dropped.

-- role pgflow_definer
-- No longer declared under this name. Roles are never dropped.

-- role pgflow_owner
-- No longer declared under this name. Roles are never dropped.

-- function pgflow_audit.run_log_of_run()
DROP FUNCTION IF EXISTS pgflow_audit.run_log_of_run();

-- function pgflow_gate.start_import(jsonb)
DROP FUNCTION IF EXISTS pgflow_gate.start_import(jsonb);

-- function pgflow.complete_task(uuid, text, jsonb)
DROP FUNCTION IF EXISTS pgflow.complete_task(uuid, text, jsonb);

-- function pgflow.run_with_states(uuid)
DROP FUNCTION IF EXISTS pgflow.run_with_states(uuid);

-- function pgflow.get_run_with_states(uuid)
DROP FUNCTION IF EXISTS pgflow.get_run_with_states(uuid);

-- function pgflow.start_flow_with_states(text, jsonb, uuid)
DROP FUNCTION IF EXISTS pgflow.start_flow_with_states(text, jsonb, uuid);
