-- Policy set ACKIFY for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- table public.signature_audit
ALTER TABLE public.signature_audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.signature_audit FORCE ROW LEVEL SECURITY;

-- table public.expected_signers
DROP POLICY IF EXISTS all_ackify_app ON public.expected_signers;

-- role ackify_audit_writer
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ackify_audit_writer') THEN
        BEGIN
            CREATE ROLE ackify_audit_writer NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'ackify_audit_writer';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'ackify_audit_writer', wrong);
    END IF;
END
$hedgerow$;

-- role ackify_attempts_reader
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ackify_attempts_reader') THEN
        BEGIN
            CREATE ROLE ackify_attempts_reader NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'ackify_attempts_reader';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'ackify_attempts_reader', wrong);
    END IF;
END
$hedgerow$;

-- role ackify_monitor
DO $hedgerow$
DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ackify_monitor') THEN
        BEGIN
            CREATE ROLE ackify_monitor LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
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
    ) INTO wrong FROM pg_roles WHERE rolname = 'ackify_monitor';
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', 'ackify_monitor', wrong);
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_database AS d, aclexplode(d.datacl) AS a JOIN pg_roles AS r ON r.oid = a.grantee
        WHERE d.datname = current_database() AND r.rolname = 'ackify_monitor' AND a.privilege_type = 'CONNECT'
    ) THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), 'ackify_monitor');
    END IF;
END
$hedgerow$;

-- role ackify_owner
DO $hedgerow$
BEGIN
    IF NOT pg_has_role(current_user, 'ackify_owner', 'USAGE') THEN
        GRANT ackify_owner TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT pg_has_role(current_user, 'ackify_owner', 'USAGE') OR NOT pg_has_role(current_user, 'ackify_owner', 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', 'ackify_owner');
        END IF;
    END IF;
END
$hedgerow$;

-- role ackify_audit_writer
DO $hedgerow$
BEGIN
    IF NOT pg_has_role(current_user, 'ackify_audit_writer', 'USAGE') THEN
        GRANT ackify_audit_writer TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT pg_has_role(current_user, 'ackify_audit_writer', 'USAGE') OR NOT pg_has_role(current_user, 'ackify_audit_writer', 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', 'ackify_audit_writer');
        END IF;
    END IF;
END
$hedgerow$;

-- role ackify_attempts_reader
DO $hedgerow$
BEGIN
    IF NOT pg_has_role(current_user, 'ackify_attempts_reader', 'USAGE') THEN
        GRANT ackify_attempts_reader TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT pg_has_role(current_user, 'ackify_attempts_reader', 'USAGE') OR NOT pg_has_role(current_user, 'ackify_attempts_reader', 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', 'ackify_attempts_reader');
        END IF;
    END IF;
END
$hedgerow$;

-- function public.current_tenant_id()
CREATE OR REPLACE FUNCTION public.current_tenant_id() RETURNS uuid
    LANGUAGE sql STABLE SECURITY INVOKER
    SET search_path = pg_catalog, pg_temp
AS $hedgerow$
SELECT nullif(current_setting('app.tenant_id', true), '')::uuid
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('public.current_tenant_id()')) IS DISTINCT FROM 'ackify_owner' THEN
        IF has_schema_privilege('ackify_owner', 'public', 'CREATE') THEN
            ALTER FUNCTION public.current_tenant_id() OWNER TO ackify_owner;
        ELSE
            GRANT CREATE ON SCHEMA public TO ackify_owner;
            ALTER FUNCTION public.current_tenant_id() OWNER TO ackify_owner;
            REVOKE CREATE ON SCHEMA public FROM ackify_owner;
        END IF;
    END IF;
END
$hedgerow$;

-- function public.signature_audit_of_signature()
CREATE OR REPLACE FUNCTION public.signature_audit_of_signature() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $hedgerow$
#variable_conflict use_column
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.signature_audit (table_name, row_id, tenant_id, command, old_row, new_row, happened_at, db_role, user_email)
        SELECT 'signatures', new_row.id::text, new_row.tenant_id, 'insert', NULL, to_jsonb(new_row.*), clock_timestamp(), CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END, (SELECT nullif(current_setting('app.user_email', true), ''))
        FROM new_rows AS new_row;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO public.signature_audit (table_name, row_id, tenant_id, command, old_row, new_row, happened_at, db_role, user_email)
        SELECT 'signatures', coalesce(new_row.id, old_row.id)::text, CASE WHEN new_row.id IS NULL THEN old_row.tenant_id ELSE new_row.tenant_id END, 'update', to_jsonb(old_row.*), to_jsonb(new_row.*), clock_timestamp(), CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END, (SELECT nullif(current_setting('app.user_email', true), ''))
        FROM new_rows AS new_row
        FULL JOIN old_rows AS old_row ON new_row.id = old_row.id AND new_row.tenant_id IS NOT DISTINCT FROM old_row.tenant_id;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO public.signature_audit (table_name, row_id, tenant_id, command, old_row, new_row, happened_at, db_role, user_email)
        SELECT 'signatures', old_row.id::text, old_row.tenant_id, 'delete', to_jsonb(old_row.*), NULL, clock_timestamp(), CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END, (SELECT nullif(current_setting('app.user_email', true), ''))
        FROM old_rows AS old_row;
    ELSE
        RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'signatures is logged by signature_audit, which has no entry for a TRUNCATE', HINT = 'Use DELETE.';
    END IF;
    RETURN NULL;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('public.signature_audit_of_signature()')) IS DISTINCT FROM 'ackify_audit_writer' THEN
        IF has_schema_privilege('ackify_audit_writer', 'public', 'CREATE') THEN
            ALTER FUNCTION public.signature_audit_of_signature() OWNER TO ackify_audit_writer;
        ELSE
            GRANT CREATE ON SCHEMA public TO ackify_audit_writer;
            ALTER FUNCTION public.signature_audit_of_signature() OWNER TO ackify_audit_writer;
            REVOKE CREATE ON SCHEMA public FROM ackify_audit_writer;
        END IF;
    END IF;
END
$hedgerow$;

-- function public.signature_audit_of_expected_signer()
CREATE OR REPLACE FUNCTION public.signature_audit_of_expected_signer() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $hedgerow$
#variable_conflict use_column
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.signature_audit (table_name, row_id, tenant_id, command, old_row, new_row, happened_at, db_role, user_email)
        SELECT 'expected_signers', new_row.id::text, new_row.tenant_id, 'insert', NULL, to_jsonb(new_row.*), clock_timestamp(), CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END, (SELECT nullif(current_setting('app.user_email', true), ''))
        FROM new_rows AS new_row;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO public.signature_audit (table_name, row_id, tenant_id, command, old_row, new_row, happened_at, db_role, user_email)
        SELECT 'expected_signers', coalesce(new_row.id, old_row.id)::text, CASE WHEN new_row.id IS NULL THEN old_row.tenant_id ELSE new_row.tenant_id END, 'update', to_jsonb(old_row.*), to_jsonb(new_row.*), clock_timestamp(), CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END, (SELECT nullif(current_setting('app.user_email', true), ''))
        FROM new_rows AS new_row
        FULL JOIN old_rows AS old_row ON new_row.id = old_row.id AND new_row.tenant_id IS NOT DISTINCT FROM old_row.tenant_id;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO public.signature_audit (table_name, row_id, tenant_id, command, old_row, new_row, happened_at, db_role, user_email)
        SELECT 'expected_signers', old_row.id::text, old_row.tenant_id, 'delete', to_jsonb(old_row.*), NULL, clock_timestamp(), CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END, (SELECT nullif(current_setting('app.user_email', true), ''))
        FROM old_rows AS old_row;
    ELSE
        RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'expected_signers is logged by signature_audit, which has no entry for a TRUNCATE', HINT = 'Use DELETE.';
    END IF;
    RETURN NULL;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure('public.signature_audit_of_expected_signer()')) IS DISTINCT FROM 'ackify_audit_writer' THEN
        IF has_schema_privilege('ackify_audit_writer', 'public', 'CREATE') THEN
            ALTER FUNCTION public.signature_audit_of_expected_signer() OWNER TO ackify_audit_writer;
        ELSE
            GRANT CREATE ON SCHEMA public TO ackify_audit_writer;
            ALTER FUNCTION public.signature_audit_of_expected_signer() OWNER TO ackify_audit_writer;
            REVOKE CREATE ON SCHEMA public FROM ackify_audit_writer;
        END IF;
    END IF;
END
$hedgerow$;

-- view public.failed_sign_ins
CREATE OR REPLACE VIEW public.failed_sign_ins (tenant_id, ip_address, attempted_at, failure_reason) WITH (security_barrier = true) AS
    SELECT a.tenant_id, a.ip_address, a.attempted_at, a.failure_reason
    FROM public.magic_link_auth_attempts AS a
    WHERE NOT a.success;

DO $hedgerow$
BEGIN
    IF (SELECT pg_get_userbyid(c.relowner) FROM pg_class AS c WHERE c.oid = to_regclass('public.failed_sign_ins')) IS DISTINCT FROM 'ackify_attempts_reader' THEN
        IF has_schema_privilege('ackify_attempts_reader', 'public', 'CREATE') THEN
            ALTER VIEW public.failed_sign_ins OWNER TO ackify_attempts_reader;
        ELSE
            GRANT CREATE ON SCHEMA public TO ackify_attempts_reader;
            ALTER VIEW public.failed_sign_ins OWNER TO ackify_attempts_reader;
            REVOKE CREATE ON SCHEMA public FROM ackify_attempts_reader;
        END IF;
    END IF;
END
$hedgerow$;

-- table public.documents
DROP POLICY IF EXISTS tenant_floor ON public.documents;
CREATE POLICY tenant_floor ON public.documents AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT public.current_tenant_id()));

DROP POLICY IF EXISTS all_ackify_app ON public.documents;
CREATE POLICY all_ackify_app ON public.documents FOR ALL TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()));

-- table public.signatures
DROP POLICY IF EXISTS tenant_floor ON public.signatures;
CREATE POLICY tenant_floor ON public.signatures AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT public.current_tenant_id()));

DROP POLICY IF EXISTS all_ackify_app ON public.signatures;
CREATE POLICY all_ackify_app ON public.signatures FOR ALL TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()));

-- table public.expected_signers
DROP POLICY IF EXISTS tenant_floor ON public.expected_signers;
CREATE POLICY tenant_floor ON public.expected_signers AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT public.current_tenant_id()));

DROP POLICY IF EXISTS select_ackify_app ON public.expected_signers;
CREATE POLICY select_ackify_app ON public.expected_signers FOR SELECT TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()));

DROP POLICY IF EXISTS insert_ackify_app ON public.expected_signers;
CREATE POLICY insert_ackify_app ON public.expected_signers FOR INSERT TO ackify_app
    WITH CHECK (tenant_id = (SELECT public.current_tenant_id()));

DROP POLICY IF EXISTS update_ackify_app ON public.expected_signers;
CREATE POLICY update_ackify_app ON public.expected_signers FOR UPDATE TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()));

DROP POLICY IF EXISTS delete_ackify_app ON public.expected_signers;
CREATE POLICY delete_ackify_app ON public.expected_signers FOR DELETE TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()));

DROP POLICY IF EXISTS restrict_insert_public ON public.expected_signers;
CREATE POLICY restrict_insert_public ON public.expected_signers AS RESTRICTIVE FOR INSERT TO PUBLIC
    WITH CHECK (added_by = (SELECT nullif(current_setting('app.user_email', true), '')));

-- table public.checksum_verifications
DROP POLICY IF EXISTS tenant_floor ON public.checksum_verifications;
CREATE POLICY tenant_floor ON public.checksum_verifications AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT public.current_tenant_id()));

DROP POLICY IF EXISTS all_ackify_app ON public.checksum_verifications;
CREATE POLICY all_ackify_app ON public.checksum_verifications FOR ALL TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()));

-- table public.webhooks
DROP POLICY IF EXISTS tenant_floor ON public.webhooks;
CREATE POLICY tenant_floor ON public.webhooks AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT public.current_tenant_id()));

DROP POLICY IF EXISTS all_ackify_app ON public.webhooks;
CREATE POLICY all_ackify_app ON public.webhooks FOR ALL TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()));

-- table public.webhook_deliveries
DROP POLICY IF EXISTS tenant_floor ON public.webhook_deliveries;
CREATE POLICY tenant_floor ON public.webhook_deliveries AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT public.current_tenant_id()));

DROP POLICY IF EXISTS all_ackify_app ON public.webhook_deliveries;
CREATE POLICY all_ackify_app ON public.webhook_deliveries FOR ALL TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()));

-- table public.reminder_logs
DROP POLICY IF EXISTS tenant_floor ON public.reminder_logs;
CREATE POLICY tenant_floor ON public.reminder_logs AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT public.current_tenant_id()));

DROP POLICY IF EXISTS all_ackify_app ON public.reminder_logs;
CREATE POLICY all_ackify_app ON public.reminder_logs FOR ALL TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()));

-- table public.email_queue
DROP POLICY IF EXISTS tenant_floor ON public.email_queue;
CREATE POLICY tenant_floor ON public.email_queue AS RESTRICTIVE FOR ALL TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()));

DROP POLICY IF EXISTS all_ackify_app ON public.email_queue;
CREATE POLICY all_ackify_app ON public.email_queue FOR ALL TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()));

-- table public.oauth_sessions
DROP POLICY IF EXISTS tenant_floor ON public.oauth_sessions;
CREATE POLICY tenant_floor ON public.oauth_sessions AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT public.current_tenant_id()));

DROP POLICY IF EXISTS all_ackify_app ON public.oauth_sessions;
CREATE POLICY all_ackify_app ON public.oauth_sessions FOR ALL TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()));

-- table public.magic_link_tokens
DROP POLICY IF EXISTS tenant_floor ON public.magic_link_tokens;
CREATE POLICY tenant_floor ON public.magic_link_tokens AS RESTRICTIVE FOR ALL TO PUBLIC
    USING (tenant_id = (SELECT public.current_tenant_id()) OR tenant_id IS NULL);

DROP POLICY IF EXISTS all_ackify_app ON public.magic_link_tokens;
CREATE POLICY all_ackify_app ON public.magic_link_tokens FOR ALL TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()) OR tenant_id IS NULL);

-- table public.magic_link_auth_attempts
DROP POLICY IF EXISTS tenant_floor ON public.magic_link_auth_attempts;
CREATE POLICY tenant_floor ON public.magic_link_auth_attempts AS RESTRICTIVE FOR ALL TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()) OR tenant_id IS NULL);

DROP POLICY IF EXISTS all_ackify_app ON public.magic_link_auth_attempts;
CREATE POLICY all_ackify_app ON public.magic_link_auth_attempts FOR ALL TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()) OR tenant_id IS NULL);

-- across tenants: failed attempts are watched in one place
DROP POLICY IF EXISTS select_ackify_attempts_reader ON public.magic_link_auth_attempts;
CREATE POLICY select_ackify_attempts_reader ON public.magic_link_auth_attempts FOR SELECT TO ackify_attempts_reader
    USING (true);

-- table public.signature_audit
DROP POLICY IF EXISTS tenant_floor ON public.signature_audit;
CREATE POLICY tenant_floor ON public.signature_audit AS RESTRICTIVE FOR ALL TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()));

DROP POLICY IF EXISTS select_ackify_app ON public.signature_audit;
CREATE POLICY select_ackify_app ON public.signature_audit FOR SELECT TO ackify_app
    USING (tenant_id = (SELECT public.current_tenant_id()));

-- across tenants: maintenance of any tenant is audited as well
DROP POLICY IF EXISTS insert_ackify_audit_writer ON public.signature_audit;
CREATE POLICY insert_ackify_audit_writer ON public.signature_audit FOR INSERT TO ackify_audit_writer
    WITH CHECK (true);

-- table public.signatures
CREATE OR REPLACE TRIGGER signature_audit_insert
    AFTER INSERT ON public.signatures
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT
    EXECUTE FUNCTION public.signature_audit_of_signature();

CREATE OR REPLACE TRIGGER signature_audit_update
    AFTER UPDATE ON public.signatures
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT
    EXECUTE FUNCTION public.signature_audit_of_signature();

CREATE OR REPLACE TRIGGER signature_audit_delete
    AFTER DELETE ON public.signatures
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT
    EXECUTE FUNCTION public.signature_audit_of_signature();

CREATE OR REPLACE TRIGGER signature_audit_truncate
    AFTER TRUNCATE ON public.signatures
    FOR EACH STATEMENT
    EXECUTE FUNCTION public.signature_audit_of_signature();

-- table public.expected_signers
CREATE OR REPLACE TRIGGER signature_audit_insert
    AFTER INSERT ON public.expected_signers
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT
    EXECUTE FUNCTION public.signature_audit_of_expected_signer();

CREATE OR REPLACE TRIGGER signature_audit_update
    AFTER UPDATE ON public.expected_signers
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT
    EXECUTE FUNCTION public.signature_audit_of_expected_signer();

CREATE OR REPLACE TRIGGER signature_audit_delete
    AFTER DELETE ON public.expected_signers
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT
    EXECUTE FUNCTION public.signature_audit_of_expected_signer();

CREATE OR REPLACE TRIGGER signature_audit_truncate
    AFTER TRUNCATE ON public.expected_signers
    FOR EACH STATEMENT
    EXECUTE FUNCTION public.signature_audit_of_expected_signer();

-- schema public
REVOKE ALL ON SCHEMA public FROM ackify_attempts_reader;
GRANT USAGE ON SCHEMA public TO ackify_attempts_reader;

REVOKE ALL ON SCHEMA public FROM ackify_audit_writer;
GRANT USAGE ON SCHEMA public TO ackify_audit_writer;

REVOKE ALL ON SCHEMA public FROM ackify_monitor;
GRANT USAGE ON SCHEMA public TO ackify_monitor;

-- function public.current_tenant_id()
REVOKE ALL ON FUNCTION public.current_tenant_id() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.current_tenant_id() FROM ackify_app;
GRANT EXECUTE ON FUNCTION public.current_tenant_id() TO ackify_app;

-- function public.signature_audit_of_signature()
REVOKE ALL ON FUNCTION public.signature_audit_of_signature() FROM PUBLIC;

-- function public.signature_audit_of_expected_signer()
REVOKE ALL ON FUNCTION public.signature_audit_of_expected_signer() FROM PUBLIC;

-- view public.failed_sign_ins
REVOKE ALL ON TABLE public.failed_sign_ins FROM PUBLIC;

REVOKE ALL ON TABLE public.failed_sign_ins FROM ackify_monitor;
GRANT SELECT ON TABLE public.failed_sign_ins TO ackify_monitor;

-- table public.expected_signers
ALTER TABLE public.expected_signers ALTER COLUMN added_by SET DEFAULT (nullif(current_setting('app.user_email', true), ''));

REVOKE ALL ON TABLE public.expected_signers FROM ackify_app;
GRANT SELECT, INSERT, UPDATE (tenant_id, doc_id, email, name, notes), DELETE ON TABLE public.expected_signers TO ackify_app;

-- table public.magic_link_auth_attempts
REVOKE ALL ON TABLE public.magic_link_auth_attempts FROM ackify_attempts_reader;
GRANT SELECT (tenant_id, success, failure_reason, ip_address, attempted_at) ON TABLE public.magic_link_auth_attempts TO ackify_attempts_reader;

-- table public.signature_audit
REVOKE ALL ON TABLE public.signature_audit FROM PUBLIC;

REVOKE ALL ON TABLE public.signature_audit FROM ackify_app;
GRANT SELECT ON TABLE public.signature_audit TO ackify_app;

REVOKE ALL ON TABLE public.signature_audit FROM ackify_audit_writer;
GRANT INSERT ON TABLE public.signature_audit TO ackify_audit_writer;

REVOKE ALL ON SEQUENCE public.signature_audit_id_seq FROM ackify_audit_writer;
GRANT USAGE ON SEQUENCE public.signature_audit_id_seq TO ackify_audit_writer;
