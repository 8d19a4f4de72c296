-- hedgerow: opens public.signature_audit
-- Policy set ACKIFY for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- table public.signature_audit
DO $hedgerow$
BEGIN
    IF to_regclass('public.signature_audit_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE public.signature_audit_id_seq FROM ackify_audit_writer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.signature_audit') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.signature_audit FROM ackify_audit_writer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.signature_audit') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.signature_audit FROM ackify_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS insert_ackify_audit_writer ON public.signature_audit;

DROP POLICY IF EXISTS select_ackify_app ON public.signature_audit;

DROP POLICY IF EXISTS tenant_floor ON public.signature_audit;

ALTER TABLE IF EXISTS public.signature_audit NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public.signature_audit DISABLE ROW LEVEL SECURITY;

-- table public.magic_link_auth_attempts
DO $hedgerow$
BEGIN
    IF to_regclass('public.magic_link_auth_attempts') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.magic_link_auth_attempts FROM ackify_attempts_reader;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS select_ackify_attempts_reader ON public.magic_link_auth_attempts;

-- table public.expected_signers
ALTER TABLE IF EXISTS public.expected_signers ALTER COLUMN added_by DROP DEFAULT;

DROP TRIGGER IF EXISTS signature_audit_truncate ON public.expected_signers;

DROP TRIGGER IF EXISTS signature_audit_delete ON public.expected_signers;

DROP TRIGGER IF EXISTS signature_audit_update ON public.expected_signers;

DROP TRIGGER IF EXISTS signature_audit_insert ON public.expected_signers;

DROP POLICY IF EXISTS restrict_insert_public ON public.expected_signers;

DROP POLICY IF EXISTS delete_ackify_app ON public.expected_signers;

DROP POLICY IF EXISTS update_ackify_app ON public.expected_signers;

DROP POLICY IF EXISTS insert_ackify_app ON public.expected_signers;

DROP POLICY IF EXISTS select_ackify_app ON public.expected_signers;

-- table public.signatures
DROP TRIGGER IF EXISTS signature_audit_truncate ON public.signatures;

DROP TRIGGER IF EXISTS signature_audit_delete ON public.signatures;

DROP TRIGGER IF EXISTS signature_audit_update ON public.signatures;

DROP TRIGGER IF EXISTS signature_audit_insert ON public.signatures;

-- view public.failed_sign_ins
DO $hedgerow$
BEGIN
    IF to_regclass('public.failed_sign_ins') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.failed_sign_ins FROM ackify_monitor;
    END IF;
END
$hedgerow$;

-- function public.current_tenant_id()
DO $hedgerow$
BEGIN
    IF to_regprocedure('public.current_tenant_id()') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION public.current_tenant_id() FROM ackify_app;
    END IF;
END
$hedgerow$;

-- schema public
REVOKE ALL ON SCHEMA public FROM ackify_monitor;

REVOKE ALL ON SCHEMA public FROM ackify_audit_writer;

REVOKE ALL ON SCHEMA public FROM ackify_attempts_reader;

-- role ackify_monitor
DO $hedgerow$
BEGIN
    EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM %I', current_database(), 'ackify_monitor');
END
$hedgerow$;

-- No longer declared under this name. Roles are never dropped.

-- role ackify_attempts_reader
-- No longer declared under this name. Roles are never dropped.

-- role ackify_audit_writer
-- No longer declared under this name. Roles are never dropped.

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

-- table public.expected_signers
REVOKE ALL ON TABLE public.expected_signers FROM ackify_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.expected_signers TO ackify_app;

-- view public.failed_sign_ins
DROP VIEW IF EXISTS public.failed_sign_ins;

-- function public.signature_audit_of_expected_signer()
DROP FUNCTION IF EXISTS public.signature_audit_of_expected_signer();

-- function public.signature_audit_of_signature()
DROP FUNCTION IF EXISTS public.signature_audit_of_signature();

-- function public.current_tenant_id()
DROP FUNCTION IF EXISTS public.current_tenant_id();
