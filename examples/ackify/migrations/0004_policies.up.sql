-- Policy set ACKIFY for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- table public.documents
ALTER TABLE public.documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.documents FORCE ROW LEVEL SECURITY;

-- table public.signatures
ALTER TABLE public.signatures ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.signatures FORCE ROW LEVEL SECURITY;

-- table public.expected_signers
ALTER TABLE public.expected_signers ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.expected_signers FORCE ROW LEVEL SECURITY;

-- table public.checksum_verifications
ALTER TABLE public.checksum_verifications ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.checksum_verifications FORCE ROW LEVEL SECURITY;

-- table public.webhooks
ALTER TABLE public.webhooks ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.webhooks FORCE ROW LEVEL SECURITY;

-- table public.webhook_deliveries
ALTER TABLE public.webhook_deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.webhook_deliveries FORCE ROW LEVEL SECURITY;

-- table public.reminder_logs
ALTER TABLE public.reminder_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.reminder_logs FORCE ROW LEVEL SECURITY;

-- table public.email_queue
ALTER TABLE public.email_queue ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.email_queue FORCE ROW LEVEL SECURITY;

-- table public.oauth_sessions
ALTER TABLE public.oauth_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.oauth_sessions FORCE ROW LEVEL SECURITY;

-- table public.magic_link_tokens
ALTER TABLE public.magic_link_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.magic_link_tokens FORCE ROW LEVEL SECURITY;

-- table public.magic_link_auth_attempts
ALTER TABLE public.magic_link_auth_attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.magic_link_auth_attempts FORCE ROW LEVEL SECURITY;

-- role ackify_owner
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ackify_owner') THEN
        BEGIN
            CREATE ROLE ackify_owner NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'ackify_owner';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'ackify_owner', wrong);
    END IF;
END
$hedgerow$;

-- role ackify_app
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ackify_app') THEN
        BEGIN
            CREATE ROLE ackify_app LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'ackify_app';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'ackify_app', wrong);
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_database AS d, aclexplode(d.datacl) AS a JOIN pg_roles AS r ON r.oid = a.grantee
        WHERE d.datname = current_database() AND r.rolname = 'ackify_app' AND a.privilege_type = 'CONNECT'
    ) THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), 'ackify_app');
    END IF;
END
$hedgerow$;

-- role ackify_email_worker
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ackify_email_worker') THEN
        BEGIN
            CREATE ROLE ackify_email_worker LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'ackify_email_worker';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'ackify_email_worker', wrong);
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_database AS d, aclexplode(d.datacl) AS a JOIN pg_roles AS r ON r.oid = a.grantee
        WHERE d.datname = current_database() AND r.rolname = 'ackify_email_worker' AND a.privilege_type = 'CONNECT'
    ) THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), 'ackify_email_worker');
    END IF;
END
$hedgerow$;

-- table public.documents
DROP POLICY IF EXISTS tenant_floor ON public.documents;
CREATE POLICY tenant_floor ON public.documents AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

DROP POLICY IF EXISTS all_ackify_app ON public.documents;
CREATE POLICY all_ackify_app ON public.documents FOR ALL TO ackify_app
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

-- table public.signatures
DROP POLICY IF EXISTS tenant_floor ON public.signatures;
CREATE POLICY tenant_floor ON public.signatures AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

DROP POLICY IF EXISTS all_ackify_app ON public.signatures;
CREATE POLICY all_ackify_app ON public.signatures FOR ALL TO ackify_app
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

-- table public.expected_signers
DROP POLICY IF EXISTS tenant_floor ON public.expected_signers;
CREATE POLICY tenant_floor ON public.expected_signers AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

DROP POLICY IF EXISTS all_ackify_app ON public.expected_signers;
CREATE POLICY all_ackify_app ON public.expected_signers FOR ALL TO ackify_app
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

-- table public.checksum_verifications
DROP POLICY IF EXISTS tenant_floor ON public.checksum_verifications;
CREATE POLICY tenant_floor ON public.checksum_verifications AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

DROP POLICY IF EXISTS all_ackify_app ON public.checksum_verifications;
CREATE POLICY all_ackify_app ON public.checksum_verifications FOR ALL TO ackify_app
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

-- table public.webhooks
DROP POLICY IF EXISTS tenant_floor ON public.webhooks;
CREATE POLICY tenant_floor ON public.webhooks AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

DROP POLICY IF EXISTS all_ackify_app ON public.webhooks;
CREATE POLICY all_ackify_app ON public.webhooks FOR ALL TO ackify_app
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

-- table public.webhook_deliveries
DROP POLICY IF EXISTS tenant_floor ON public.webhook_deliveries;
CREATE POLICY tenant_floor ON public.webhook_deliveries AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

DROP POLICY IF EXISTS all_ackify_app ON public.webhook_deliveries;
CREATE POLICY all_ackify_app ON public.webhook_deliveries FOR ALL TO ackify_app
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

-- table public.reminder_logs
DROP POLICY IF EXISTS tenant_floor ON public.reminder_logs;
CREATE POLICY tenant_floor ON public.reminder_logs AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

DROP POLICY IF EXISTS all_ackify_app ON public.reminder_logs;
CREATE POLICY all_ackify_app ON public.reminder_logs FOR ALL TO ackify_app
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

-- table public.email_queue
DROP POLICY IF EXISTS tenant_floor ON public.email_queue;
CREATE POLICY tenant_floor ON public.email_queue AS RESTRICTIVE FOR ALL TO ackify_app
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

DROP POLICY IF EXISTS all_ackify_app ON public.email_queue;
CREATE POLICY all_ackify_app ON public.email_queue FOR ALL TO ackify_app
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

-- across tenants: one worker drains every tenant's queue
DROP POLICY IF EXISTS select_ackify_email_worker ON public.email_queue;
CREATE POLICY select_ackify_email_worker ON public.email_queue FOR SELECT TO ackify_email_worker
    USING (true);

-- across tenants: one worker drains every tenant's queue
DROP POLICY IF EXISTS update_ackify_email_worker ON public.email_queue;
CREATE POLICY update_ackify_email_worker ON public.email_queue FOR UPDATE TO ackify_email_worker
    USING (true);

-- table public.oauth_sessions
DROP POLICY IF EXISTS tenant_floor ON public.oauth_sessions;
CREATE POLICY tenant_floor ON public.oauth_sessions AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

DROP POLICY IF EXISTS all_ackify_app ON public.oauth_sessions;
CREATE POLICY all_ackify_app ON public.oauth_sessions FOR ALL TO ackify_app
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

-- table public.magic_link_tokens
DROP POLICY IF EXISTS tenant_floor ON public.magic_link_tokens;
CREATE POLICY tenant_floor ON public.magic_link_tokens AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid) OR tenant_id IS NULL);

DROP POLICY IF EXISTS all_ackify_app ON public.magic_link_tokens;
CREATE POLICY all_ackify_app ON public.magic_link_tokens FOR ALL TO ackify_app
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid) OR tenant_id IS NULL);

-- table public.magic_link_auth_attempts
DROP POLICY IF EXISTS tenant_floor ON public.magic_link_auth_attempts;
CREATE POLICY tenant_floor ON public.magic_link_auth_attempts AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid) OR tenant_id IS NULL);

DROP POLICY IF EXISTS all_ackify_app ON public.magic_link_auth_attempts;
CREATE POLICY all_ackify_app ON public.magic_link_auth_attempts FOR ALL TO ackify_app
    USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid) OR tenant_id IS NULL);

-- schema public
REVOKE ALL ON SCHEMA public FROM ackify_app;
GRANT USAGE ON SCHEMA public TO ackify_app;

REVOKE ALL ON SCHEMA public FROM ackify_email_worker;
GRANT USAGE ON SCHEMA public TO ackify_email_worker;

-- table public.documents
REVOKE ALL ON TABLE public.documents FROM PUBLIC;

REVOKE ALL ON TABLE public.documents FROM ackify_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.documents TO ackify_app;

-- table public.signatures
REVOKE ALL ON TABLE public.signatures FROM PUBLIC;

REVOKE ALL ON TABLE public.signatures FROM ackify_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.signatures TO ackify_app;

REVOKE ALL ON SEQUENCE public.signatures_id_seq FROM ackify_app;
GRANT USAGE ON SEQUENCE public.signatures_id_seq TO ackify_app;

-- table public.expected_signers
REVOKE ALL ON TABLE public.expected_signers FROM PUBLIC;

REVOKE ALL ON TABLE public.expected_signers FROM ackify_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.expected_signers TO ackify_app;

REVOKE ALL ON SEQUENCE public.expected_signers_id_seq FROM ackify_app;
GRANT USAGE ON SEQUENCE public.expected_signers_id_seq TO ackify_app;

-- table public.checksum_verifications
REVOKE ALL ON TABLE public.checksum_verifications FROM PUBLIC;

REVOKE ALL ON TABLE public.checksum_verifications FROM ackify_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.checksum_verifications TO ackify_app;

REVOKE ALL ON SEQUENCE public.checksum_verifications_id_seq FROM ackify_app;
GRANT USAGE ON SEQUENCE public.checksum_verifications_id_seq TO ackify_app;

-- table public.webhooks
REVOKE ALL ON TABLE public.webhooks FROM PUBLIC;

REVOKE ALL ON TABLE public.webhooks FROM ackify_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.webhooks TO ackify_app;

REVOKE ALL ON SEQUENCE public.webhooks_id_seq FROM ackify_app;
GRANT USAGE ON SEQUENCE public.webhooks_id_seq TO ackify_app;

-- table public.webhook_deliveries
REVOKE ALL ON TABLE public.webhook_deliveries FROM PUBLIC;

REVOKE ALL ON TABLE public.webhook_deliveries FROM ackify_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.webhook_deliveries TO ackify_app;

REVOKE ALL ON SEQUENCE public.webhook_deliveries_id_seq FROM ackify_app;
GRANT USAGE ON SEQUENCE public.webhook_deliveries_id_seq TO ackify_app;

-- table public.reminder_logs
REVOKE ALL ON TABLE public.reminder_logs FROM PUBLIC;

REVOKE ALL ON TABLE public.reminder_logs FROM ackify_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.reminder_logs TO ackify_app;

REVOKE ALL ON SEQUENCE public.reminder_logs_id_seq FROM ackify_app;
GRANT USAGE ON SEQUENCE public.reminder_logs_id_seq TO ackify_app;

-- table public.email_queue
REVOKE ALL ON TABLE public.email_queue FROM PUBLIC;

REVOKE ALL ON TABLE public.email_queue FROM ackify_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.email_queue TO ackify_app;

REVOKE ALL ON TABLE public.email_queue FROM ackify_email_worker;
GRANT SELECT, UPDATE (status, retry_count, processed_at, next_retry_at, last_error) ON TABLE public.email_queue TO ackify_email_worker;

REVOKE ALL ON SEQUENCE public.email_queue_id_seq FROM ackify_app;
GRANT USAGE ON SEQUENCE public.email_queue_id_seq TO ackify_app;

-- table public.oauth_sessions
REVOKE ALL ON TABLE public.oauth_sessions FROM PUBLIC;

REVOKE ALL ON TABLE public.oauth_sessions FROM ackify_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.oauth_sessions TO ackify_app;

REVOKE ALL ON SEQUENCE public.oauth_sessions_id_seq FROM ackify_app;
GRANT USAGE ON SEQUENCE public.oauth_sessions_id_seq TO ackify_app;

-- table public.magic_link_tokens
REVOKE ALL ON TABLE public.magic_link_tokens FROM PUBLIC;

REVOKE ALL ON TABLE public.magic_link_tokens FROM ackify_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.magic_link_tokens TO ackify_app;

REVOKE ALL ON SEQUENCE public.magic_link_tokens_id_seq FROM ackify_app;
GRANT USAGE ON SEQUENCE public.magic_link_tokens_id_seq TO ackify_app;

-- table public.magic_link_auth_attempts
REVOKE ALL ON TABLE public.magic_link_auth_attempts FROM PUBLIC;

REVOKE ALL ON TABLE public.magic_link_auth_attempts FROM ackify_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.magic_link_auth_attempts TO ackify_app;

REVOKE ALL ON SEQUENCE public.magic_link_auth_attempts_id_seq FROM ackify_app;
GRANT USAGE ON SEQUENCE public.magic_link_auth_attempts_id_seq TO ackify_app;
