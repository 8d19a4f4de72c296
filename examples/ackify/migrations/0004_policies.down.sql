-- hedgerow: opens public.documents, public.signatures, public.expected_signers, public.checksum_verifications, public.webhooks, public.webhook_deliveries, public.reminder_logs, public.email_queue, public.oauth_sessions, public.magic_link_tokens, public.magic_link_auth_attempts
-- Policy set ACKIFY for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- table public.magic_link_auth_attempts
DO $hedgerow$
BEGIN
    IF to_regclass('public.magic_link_auth_attempts_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE public.magic_link_auth_attempts_id_seq FROM ackify_app;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.magic_link_auth_attempts') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.magic_link_auth_attempts FROM ackify_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS all_ackify_app ON public.magic_link_auth_attempts;

DROP POLICY IF EXISTS tenant_floor ON public.magic_link_auth_attempts;

ALTER TABLE IF EXISTS public.magic_link_auth_attempts NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public.magic_link_auth_attempts DISABLE ROW LEVEL SECURITY;

-- table public.magic_link_tokens
DO $hedgerow$
BEGIN
    IF to_regclass('public.magic_link_tokens_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE public.magic_link_tokens_id_seq FROM ackify_app;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.magic_link_tokens') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.magic_link_tokens FROM ackify_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS all_ackify_app ON public.magic_link_tokens;

DROP POLICY IF EXISTS tenant_floor ON public.magic_link_tokens;

ALTER TABLE IF EXISTS public.magic_link_tokens NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public.magic_link_tokens DISABLE ROW LEVEL SECURITY;

-- table public.oauth_sessions
DO $hedgerow$
BEGIN
    IF to_regclass('public.oauth_sessions_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE public.oauth_sessions_id_seq FROM ackify_app;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.oauth_sessions') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.oauth_sessions FROM ackify_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS all_ackify_app ON public.oauth_sessions;

DROP POLICY IF EXISTS tenant_floor ON public.oauth_sessions;

ALTER TABLE IF EXISTS public.oauth_sessions NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public.oauth_sessions DISABLE ROW LEVEL SECURITY;

-- table public.email_queue
DO $hedgerow$
BEGIN
    IF to_regclass('public.email_queue_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE public.email_queue_id_seq FROM ackify_app;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.email_queue') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.email_queue FROM ackify_email_worker;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.email_queue') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.email_queue FROM ackify_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS update_ackify_email_worker ON public.email_queue;

DROP POLICY IF EXISTS select_ackify_email_worker ON public.email_queue;

DROP POLICY IF EXISTS all_ackify_app ON public.email_queue;

DROP POLICY IF EXISTS tenant_floor ON public.email_queue;

ALTER TABLE IF EXISTS public.email_queue NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public.email_queue DISABLE ROW LEVEL SECURITY;

-- table public.reminder_logs
DO $hedgerow$
BEGIN
    IF to_regclass('public.reminder_logs_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE public.reminder_logs_id_seq FROM ackify_app;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.reminder_logs') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.reminder_logs FROM ackify_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS all_ackify_app ON public.reminder_logs;

DROP POLICY IF EXISTS tenant_floor ON public.reminder_logs;

ALTER TABLE IF EXISTS public.reminder_logs NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public.reminder_logs DISABLE ROW LEVEL SECURITY;

-- table public.webhook_deliveries
DO $hedgerow$
BEGIN
    IF to_regclass('public.webhook_deliveries_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE public.webhook_deliveries_id_seq FROM ackify_app;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.webhook_deliveries') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.webhook_deliveries FROM ackify_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS all_ackify_app ON public.webhook_deliveries;

DROP POLICY IF EXISTS tenant_floor ON public.webhook_deliveries;

ALTER TABLE IF EXISTS public.webhook_deliveries NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public.webhook_deliveries DISABLE ROW LEVEL SECURITY;

-- table public.webhooks
DO $hedgerow$
BEGIN
    IF to_regclass('public.webhooks_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE public.webhooks_id_seq FROM ackify_app;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.webhooks') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.webhooks FROM ackify_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS all_ackify_app ON public.webhooks;

DROP POLICY IF EXISTS tenant_floor ON public.webhooks;

ALTER TABLE IF EXISTS public.webhooks NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public.webhooks DISABLE ROW LEVEL SECURITY;

-- table public.checksum_verifications
DO $hedgerow$
BEGIN
    IF to_regclass('public.checksum_verifications_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE public.checksum_verifications_id_seq FROM ackify_app;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.checksum_verifications') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.checksum_verifications FROM ackify_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS all_ackify_app ON public.checksum_verifications;

DROP POLICY IF EXISTS tenant_floor ON public.checksum_verifications;

ALTER TABLE IF EXISTS public.checksum_verifications NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public.checksum_verifications DISABLE ROW LEVEL SECURITY;

-- table public.expected_signers
DO $hedgerow$
BEGIN
    IF to_regclass('public.expected_signers_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE public.expected_signers_id_seq FROM ackify_app;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.expected_signers') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.expected_signers FROM ackify_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS all_ackify_app ON public.expected_signers;

DROP POLICY IF EXISTS tenant_floor ON public.expected_signers;

ALTER TABLE IF EXISTS public.expected_signers NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public.expected_signers DISABLE ROW LEVEL SECURITY;

-- table public.signatures
DO $hedgerow$
BEGIN
    IF to_regclass('public.signatures_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE public.signatures_id_seq FROM ackify_app;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.signatures') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.signatures FROM ackify_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS all_ackify_app ON public.signatures;

DROP POLICY IF EXISTS tenant_floor ON public.signatures;

ALTER TABLE IF EXISTS public.signatures NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public.signatures DISABLE ROW LEVEL SECURITY;

-- table public.documents
DO $hedgerow$
BEGIN
    IF to_regclass('public.documents') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.documents FROM ackify_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS all_ackify_app ON public.documents;

DROP POLICY IF EXISTS tenant_floor ON public.documents;

ALTER TABLE IF EXISTS public.documents NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public.documents DISABLE ROW LEVEL SECURITY;

-- schema public
REVOKE ALL ON SCHEMA public FROM ackify_email_worker;

REVOKE ALL ON SCHEMA public FROM ackify_app;

-- role ackify_email_worker
DO $hedgerow$
BEGIN
    EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM %I', current_database(), 'ackify_email_worker');
END
$hedgerow$;

-- No longer declared under this name. Roles are never dropped.

-- role ackify_app
DO $hedgerow$
BEGIN
    EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM %I', current_database(), 'ackify_app');
END
$hedgerow$;

-- No longer declared under this name. Roles are never dropped.

-- role ackify_owner
-- No longer declared under this name. Roles are never dropped.
