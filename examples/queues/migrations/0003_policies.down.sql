-- hedgerow: opens queues.tasks, queues.errors, comms.emails, comms.notices
-- Policy set QUEUES for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- table comms.notices
DO $hedgerow$
BEGIN
    IF to_regclass('comms.notices') IS NOT NULL THEN
        REVOKE ALL ON TABLE comms.notices FROM api_reader;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS select_api_reader ON comms.notices;

ALTER TABLE IF EXISTS comms.notices NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS comms.notices DISABLE ROW LEVEL SECURITY;

-- table comms.emails
DO $hedgerow$
BEGIN
    IF to_regclass('comms.emails') IS NOT NULL THEN
        REVOKE ALL ON TABLE comms.emails FROM comms_definer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('comms.emails') IS NOT NULL THEN
        REVOKE ALL ON TABLE comms.emails FROM api_reader;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('comms.emails') IS NOT NULL THEN
        REVOKE ALL ON TABLE comms.emails FROM api_definer;
    END IF;
END
$hedgerow$;

ALTER TABLE IF EXISTS comms.emails ALTER COLUMN requested_by DROP DEFAULT;

DROP POLICY IF EXISTS select_api_reader ON comms.emails;

DROP POLICY IF EXISTS insert_api_definer ON comms.emails;

DROP POLICY IF EXISTS select_api_definer ON comms.emails;

DROP POLICY IF EXISTS update_comms_definer ON comms.emails;

DROP POLICY IF EXISTS select_comms_definer ON comms.emails;

ALTER TABLE IF EXISTS comms.emails NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS comms.emails DISABLE ROW LEVEL SECURITY;

-- table queues.errors
DO $hedgerow$
BEGIN
    IF to_regclass('queues.errors') IS NOT NULL THEN
        REVOKE ALL ON TABLE queues.errors FROM queue_definer;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS insert_queue_definer ON queues.errors;

ALTER TABLE IF EXISTS queues.errors NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS queues.errors DISABLE ROW LEVEL SECURITY;

-- table queues.tasks
DO $hedgerow$
BEGIN
    IF to_regclass('queues.tasks') IS NOT NULL THEN
        REVOKE ALL ON TABLE queues.tasks FROM queue_definer;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS update_queue_definer ON queues.tasks;

DROP POLICY IF EXISTS insert_queue_definer ON queues.tasks;

DROP POLICY IF EXISTS select_queue_definer ON queues.tasks;

ALTER TABLE IF EXISTS queues.tasks NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS queues.tasks DISABLE ROW LEVEL SECURITY;

-- view api.public_notices
DO $hedgerow$
BEGIN
    IF to_regclass('api.public_notices') IS NOT NULL THEN
        REVOKE ALL ON TABLE api.public_notices FROM authenticated;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('api.public_notices') IS NOT NULL THEN
        REVOKE ALL ON TABLE api.public_notices FROM anon;
    END IF;
END
$hedgerow$;

-- view api.my_emails
DO $hedgerow$
BEGIN
    IF to_regclass('api.my_emails') IS NOT NULL THEN
        REVOKE ALL ON TABLE api.my_emails FROM authenticated;
    END IF;
END
$hedgerow$;

-- function api.health()
DO $hedgerow$
BEGIN
    IF to_regprocedure('api.health()') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION api.health() FROM authenticated;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regprocedure('api.health()') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION api.health() FROM anon;
    END IF;
END
$hedgerow$;

-- function api.request_email(text, text, text)
DO $hedgerow$
BEGIN
    IF to_regprocedure('api.request_email(text, text, text)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION api.request_email(text, text, text) FROM authenticated;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regprocedure('api.request_email(text, text, text)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION api.request_email(text, text, text) FROM anon;
    END IF;
END
$hedgerow$;

-- function comms.record_email_failure(jsonb)
DO $hedgerow$
BEGIN
    IF to_regprocedure('comms.record_email_failure(jsonb)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION comms.record_email_failure(jsonb) FROM worker_service_user;
    END IF;
END
$hedgerow$;

-- function comms.record_email_success(jsonb)
DO $hedgerow$
BEGIN
    IF to_regprocedure('comms.record_email_success(jsonb)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION comms.record_email_success(jsonb) FROM worker_service_user;
    END IF;
END
$hedgerow$;

-- function comms.get_email_payload(jsonb)
DO $hedgerow$
BEGIN
    IF to_regprocedure('comms.get_email_payload(jsonb)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION comms.get_email_payload(jsonb) FROM worker_service_user;
    END IF;
END
$hedgerow$;

-- function comms.send_email_supervisor(jsonb)
DO $hedgerow$
BEGIN
    IF to_regprocedure('comms.send_email_supervisor(jsonb)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION comms.send_email_supervisor(jsonb) FROM worker_service_user;
    END IF;
END
$hedgerow$;

-- function internal.enqueue_task(text, jsonb)
DO $hedgerow$
BEGIN
    IF to_regprocedure('internal.enqueue_task(text, jsonb)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION internal.enqueue_task(text, jsonb) FROM comms_definer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regprocedure('internal.enqueue_task(text, jsonb)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION internal.enqueue_task(text, jsonb) FROM api_definer;
    END IF;
END
$hedgerow$;

-- function internal.run_function(text, jsonb)
DO $hedgerow$
BEGIN
    IF to_regprocedure('internal.run_function(text, jsonb)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION internal.run_function(text, jsonb) FROM worker_service_user;
    END IF;
END
$hedgerow$;

-- function queues.append_error(bigint, text)
DO $hedgerow$
BEGIN
    IF to_regprocedure('queues.append_error(bigint, text)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION queues.append_error(bigint, text) FROM worker_service_user;
    END IF;
END
$hedgerow$;

-- function queues.dequeue_next_available_task()
DO $hedgerow$
BEGIN
    IF to_regprocedure('queues.dequeue_next_available_task()') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION queues.dequeue_next_available_task() FROM worker_service_user;
    END IF;
END
$hedgerow$;

-- default privileges
ALTER DEFAULT PRIVILEGES FOR ROLE queue_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC;

-- schema comms
REVOKE ALL ON SCHEMA comms FROM worker_service_user;

REVOKE ALL ON SCHEMA comms FROM comms_definer;

REVOKE ALL ON SCHEMA comms FROM api_reader;

REVOKE ALL ON SCHEMA comms FROM api_definer;

-- schema queues
REVOKE ALL ON SCHEMA queues FROM worker_service_user;

REVOKE ALL ON SCHEMA queues FROM queue_definer;

-- schema internal
REVOKE ALL ON SCHEMA internal FROM worker_service_user;

REVOKE ALL ON SCHEMA internal FROM comms_definer;

REVOKE ALL ON SCHEMA internal FROM api_definer;

-- schema api
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA api FROM authenticated;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA api FROM anon;

REVOKE ALL ON SCHEMA api FROM authenticated;

REVOKE ALL ON SCHEMA api FROM anon;

-- memberships
REVOKE authenticated FROM authenticator;

REVOKE anon FROM authenticator;

-- role authenticator
DO $hedgerow$
BEGIN
    EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM %I', current_database(), 'authenticator');
END
$hedgerow$;

-- No longer declared under this name. Roles are never dropped.

-- role authenticated
-- No longer declared under this name. Roles are never dropped.

-- role anon
-- No longer declared under this name. Roles are never dropped.

-- role api_reader
-- No longer declared under this name. Roles are never dropped.

-- role api_definer
-- No longer declared under this name. Roles are never dropped.

-- role comms_definer
-- No longer declared under this name. Roles are never dropped.

-- role queue_definer
-- No longer declared under this name. Roles are never dropped.

-- role worker_service_user
DO $hedgerow$
BEGIN
    EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM %I', current_database(), 'worker_service_user');
END
$hedgerow$;

-- No longer declared under this name. Roles are never dropped.

-- role queue_owner
-- No longer declared under this name. Roles are never dropped.

-- view api.public_notices
DROP VIEW IF EXISTS api.public_notices;

-- view api.my_emails
DROP VIEW IF EXISTS api.my_emails;

-- function internal.enqueue_task(text, jsonb)
DROP FUNCTION IF EXISTS internal.enqueue_task(text, jsonb);
