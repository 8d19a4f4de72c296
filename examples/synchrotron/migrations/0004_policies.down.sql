-- hedgerow: opens public.todos, public.todo_shares, public.notes, synchrotron.action_records, synchrotron.action_modified_rows, synchrotron.client_sync_status, synchrotron.todo_patches, synchrotron.note_patches, synchrotron.bare_patches
-- Policy set SYNC for PostgreSQL 14 to 18.
SET LOCAL lock_timeout = '5s';

-- table synchrotron.bare_patches
DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.bare_patches') IS NOT NULL THEN
        REVOKE ALL ON TABLE synchrotron.bare_patches FROM synchrotron_shapes;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.bare_patches') IS NOT NULL THEN
        REVOKE ALL ON TABLE synchrotron.bare_patches FROM synchrotron_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS insert_synchrotron_app ON synchrotron.bare_patches;

DROP POLICY IF EXISTS select_synchrotron_app ON synchrotron.bare_patches;

ALTER TABLE IF EXISTS synchrotron.bare_patches NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS synchrotron.bare_patches DISABLE ROW LEVEL SECURITY;

-- table synchrotron.note_patches
DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.note_patches') IS NOT NULL THEN
        REVOKE ALL ON TABLE synchrotron.note_patches FROM synchrotron_shapes;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.note_patches') IS NOT NULL THEN
        REVOKE ALL ON TABLE synchrotron.note_patches FROM synchrotron_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS insert_synchrotron_app ON synchrotron.note_patches;

DROP POLICY IF EXISTS select_synchrotron_app ON synchrotron.note_patches;

DROP POLICY IF EXISTS tenant_floor ON synchrotron.note_patches;

ALTER TABLE IF EXISTS synchrotron.note_patches NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS synchrotron.note_patches DISABLE ROW LEVEL SECURITY;

-- table synchrotron.todo_patches
DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.todo_patches') IS NOT NULL THEN
        REVOKE ALL ON TABLE synchrotron.todo_patches FROM synchrotron_shapes;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.todo_patches') IS NOT NULL THEN
        REVOKE ALL ON TABLE synchrotron.todo_patches FROM synchrotron_app;
    END IF;
END
$hedgerow$;

DROP POLICY IF EXISTS insert_synchrotron_app ON synchrotron.todo_patches;

DROP POLICY IF EXISTS select_synchrotron_app ON synchrotron.todo_patches;

DROP POLICY IF EXISTS tenant_floor ON synchrotron.todo_patches;

ALTER TABLE IF EXISTS synchrotron.todo_patches NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS synchrotron.todo_patches DISABLE ROW LEVEL SECURITY;

-- table synchrotron.client_sync_status
DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.client_sync_status') IS NOT NULL THEN
        REVOKE ALL ON TABLE synchrotron.client_sync_status FROM synchrotron_app;
    END IF;
END
$hedgerow$;

ALTER TABLE IF EXISTS synchrotron.client_sync_status ALTER COLUMN user_id DROP DEFAULT;

ALTER TABLE IF EXISTS synchrotron.client_sync_status ALTER COLUMN tenant_id DROP DEFAULT;

DROP POLICY IF EXISTS update_synchrotron_app ON synchrotron.client_sync_status;

DROP POLICY IF EXISTS insert_synchrotron_app ON synchrotron.client_sync_status;

DROP POLICY IF EXISTS select_synchrotron_app ON synchrotron.client_sync_status;

DROP POLICY IF EXISTS tenant_floor ON synchrotron.client_sync_status;

ALTER TABLE IF EXISTS synchrotron.client_sync_status NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS synchrotron.client_sync_status DISABLE ROW LEVEL SECURITY;

-- table synchrotron.action_modified_rows
DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.action_modified_rows_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE synchrotron.action_modified_rows_id_seq FROM synchrotron_app;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.action_modified_rows') IS NOT NULL THEN
        REVOKE ALL ON TABLE synchrotron.action_modified_rows FROM synchrotron_shapes;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.action_modified_rows') IS NOT NULL THEN
        REVOKE ALL ON TABLE synchrotron.action_modified_rows FROM synchrotron_materializer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.action_modified_rows') IS NOT NULL THEN
        REVOKE ALL ON TABLE synchrotron.action_modified_rows FROM synchrotron_app;
    END IF;
END
$hedgerow$;

DROP TRIGGER IF EXISTS action_modified_row_fill ON synchrotron.action_modified_rows;

DROP TRIGGER IF EXISTS after_insert_copy_patch ON synchrotron.action_modified_rows;

DROP POLICY IF EXISTS select_synchrotron_materializer ON synchrotron.action_modified_rows;

DROP POLICY IF EXISTS insert_synchrotron_app ON synchrotron.action_modified_rows;

DROP POLICY IF EXISTS select_synchrotron_app ON synchrotron.action_modified_rows;

DROP POLICY IF EXISTS tenant_floor ON synchrotron.action_modified_rows;

ALTER TABLE IF EXISTS synchrotron.action_modified_rows NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS synchrotron.action_modified_rows DISABLE ROW LEVEL SECURITY;

-- table synchrotron.action_records
DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.action_records_server_ingest_id_seq') IS NOT NULL THEN
        REVOKE ALL ON SEQUENCE synchrotron.action_records_server_ingest_id_seq FROM synchrotron_app;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.action_records') IS NOT NULL THEN
        REVOKE ALL ON TABLE synchrotron.action_records FROM synchrotron_shapes;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.action_records') IS NOT NULL THEN
        REVOKE ALL ON TABLE synchrotron.action_records FROM synchrotron_args_reader;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.action_records') IS NOT NULL THEN
        REVOKE ALL ON TABLE synchrotron.action_records FROM synchrotron_app;
    END IF;
END
$hedgerow$;

ALTER TABLE IF EXISTS synchrotron.action_records ALTER COLUMN user_id DROP DEFAULT;

ALTER TABLE IF EXISTS synchrotron.action_records ALTER COLUMN tenant_id DROP DEFAULT;

DROP POLICY IF EXISTS select_synchrotron_args_reader ON synchrotron.action_records;

DROP POLICY IF EXISTS insert_synchrotron_app ON synchrotron.action_records;

DROP POLICY IF EXISTS select_synchrotron_app ON synchrotron.action_records;

DROP POLICY IF EXISTS tenant_floor ON synchrotron.action_records;

ALTER TABLE IF EXISTS synchrotron.action_records NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS synchrotron.action_records DISABLE ROW LEVEL SECURITY;

-- table public.notes
DO $hedgerow$
BEGIN
    IF to_regclass('public.notes') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.notes FROM synchrotron_shapes;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.notes') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.notes FROM synchrotron_materializer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.notes') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.notes FROM synchrotron_app;
    END IF;
END
$hedgerow$;

ALTER TABLE IF EXISTS public.notes ALTER COLUMN user_id DROP DEFAULT;

ALTER TABLE IF EXISTS public.notes ALTER COLUMN tenant_id DROP DEFAULT;

DROP POLICY IF EXISTS all_synchrotron_materializer ON public.notes;

DROP POLICY IF EXISTS delete_synchrotron_app ON public.notes;

DROP POLICY IF EXISTS update_synchrotron_app ON public.notes;

DROP POLICY IF EXISTS insert_synchrotron_app ON public.notes;

DROP POLICY IF EXISTS select_synchrotron_app ON public.notes;

DROP POLICY IF EXISTS tenant_floor ON public.notes;

ALTER TABLE IF EXISTS public.notes NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public.notes DISABLE ROW LEVEL SECURITY;

-- table public.todo_shares
DO $hedgerow$
BEGIN
    IF to_regclass('public.todo_shares') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.todo_shares FROM synchrotron_shapes;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.todo_shares') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.todo_shares FROM synchrotron_app;
    END IF;
END
$hedgerow$;

ALTER TABLE IF EXISTS public.todo_shares ALTER COLUMN owner_id DROP DEFAULT;

ALTER TABLE IF EXISTS public.todo_shares ALTER COLUMN tenant_id DROP DEFAULT;

DROP POLICY IF EXISTS delete_synchrotron_app ON public.todo_shares;

DROP POLICY IF EXISTS insert_synchrotron_app ON public.todo_shares;

DROP POLICY IF EXISTS select_synchrotron_app ON public.todo_shares;

DROP POLICY IF EXISTS tenant_floor ON public.todo_shares;

ALTER TABLE IF EXISTS public.todo_shares NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public.todo_shares DISABLE ROW LEVEL SECURITY;

-- table public.todos
DO $hedgerow$
BEGIN
    IF to_regclass('public.todos') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.todos FROM synchrotron_shapes;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.todos') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.todos FROM synchrotron_materializer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regclass('public.todos') IS NOT NULL THEN
        REVOKE ALL ON TABLE public.todos FROM synchrotron_app;
    END IF;
END
$hedgerow$;

ALTER TABLE IF EXISTS public.todos ALTER COLUMN user_id DROP DEFAULT;

ALTER TABLE IF EXISTS public.todos ALTER COLUMN tenant_id DROP DEFAULT;

DROP POLICY IF EXISTS all_synchrotron_materializer ON public.todos;

DROP POLICY IF EXISTS delete_synchrotron_app ON public.todos;

DROP POLICY IF EXISTS update_synchrotron_app ON public.todos;

DROP POLICY IF EXISTS insert_synchrotron_app ON public.todos;

DROP POLICY IF EXISTS select_synchrotron_app ON public.todos;

DROP POLICY IF EXISTS tenant_floor ON public.todos;

ALTER TABLE IF EXISTS public.todos NO FORCE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS public.todos DISABLE ROW LEVEL SECURITY;

-- view synchrotron.own_action_args
DO $hedgerow$
BEGIN
    IF to_regclass('synchrotron.own_action_args') IS NOT NULL THEN
        REVOKE ALL ON TABLE synchrotron.own_action_args FROM synchrotron_app;
    END IF;
END
$hedgerow$;

-- function synchrotron.materialize()
DO $hedgerow$
BEGIN
    IF to_regprocedure('synchrotron.materialize()') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION synchrotron.materialize() FROM synchrotron_materializer;
    END IF;
END
$hedgerow$;

-- function synchrotron.write_row(text, text, text, jsonb)
DO $hedgerow$
BEGIN
    IF to_regprocedure('synchrotron.write_row(text, text, text, jsonb)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION synchrotron.write_row(text, text, text, jsonb) FROM synchrotron_materializer;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regprocedure('synchrotron.write_row(text, text, text, jsonb)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION synchrotron.write_row(text, text, text, jsonb) FROM synchrotron_app;
    END IF;
END
$hedgerow$;

-- function synchrotron.apply_patch(uuid, text, text, text, jsonb, jsonb)
DO $hedgerow$
BEGIN
    IF to_regprocedure('synchrotron.apply_patch(uuid, text, text, text, jsonb, jsonb)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION synchrotron.apply_patch(uuid, text, text, text, jsonb, jsonb) FROM synchrotron_app;
    END IF;
END
$hedgerow$;

-- function synchrotron.row_visible(text, text)
DO $hedgerow$
BEGIN
    IF to_regprocedure('synchrotron.row_visible(text, text)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION synchrotron.row_visible(text, text) FROM synchrotron_shapes;
    END IF;
END
$hedgerow$;

DO $hedgerow$
BEGIN
    IF to_regprocedure('synchrotron.row_visible(text, text)') IS NOT NULL THEN
        REVOKE ALL ON FUNCTION synchrotron.row_visible(text, text) FROM synchrotron_app;
    END IF;
END
$hedgerow$;

-- schema synchrotron
REVOKE ALL ON SCHEMA synchrotron FROM synchrotron_shapes;

REVOKE ALL ON SCHEMA synchrotron FROM synchrotron_materializer;

REVOKE ALL ON SCHEMA synchrotron FROM synchrotron_args_reader;

REVOKE ALL ON SCHEMA synchrotron FROM synchrotron_app;

-- schema public
REVOKE ALL ON SCHEMA public FROM synchrotron_shapes;

REVOKE ALL ON SCHEMA public FROM synchrotron_materializer;

REVOKE ALL ON SCHEMA public FROM synchrotron_app;

-- memberships
REVOKE synchrotron_materializer FROM synchrotron_worker;

REVOKE synchrotron_shapes FROM synchrotron_electric;

REVOKE synchrotron_app FROM synchrotron_login;

-- role synchrotron_args_reader
-- No longer declared under this name. Roles are never dropped.

-- role synchrotron_worker
DO $hedgerow$
BEGIN
    EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM %I', current_database(), 'synchrotron_worker');
END
$hedgerow$;

-- No longer declared under this name. Roles are never dropped.

-- role synchrotron_materializer
-- No longer declared under this name. Roles are never dropped.

-- role synchrotron_electric
DO $hedgerow$
BEGIN
    EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM %I', current_database(), 'synchrotron_electric');
END
$hedgerow$;

-- No longer declared under this name. Roles are never dropped.

-- role synchrotron_shapes
-- No longer declared under this name. Roles are never dropped.

-- role synchrotron_login
DO $hedgerow$
BEGIN
    EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM %I', current_database(), 'synchrotron_login');
END
$hedgerow$;

-- No longer declared under this name. Roles are never dropped.

-- role synchrotron_app
-- No longer declared under this name. Roles are never dropped.

-- role synchrotron_owner
-- No longer declared under this name. Roles are never dropped.

-- view synchrotron.own_action_args
DROP VIEW IF EXISTS synchrotron.own_action_args;

-- function synchrotron.action_modified_row_fill()
DROP FUNCTION IF EXISTS synchrotron.action_modified_row_fill();

-- function synchrotron.copy_patch()
DROP FUNCTION IF EXISTS synchrotron.copy_patch();

-- function synchrotron.materialize()
DROP FUNCTION IF EXISTS synchrotron.materialize();

-- function synchrotron.write_row(text, text, text, jsonb)
DROP FUNCTION IF EXISTS synchrotron.write_row(text, text, text, jsonb);

-- function synchrotron.apply_patch(uuid, text, text, text, jsonb, jsonb)
DROP FUNCTION IF EXISTS synchrotron.apply_patch(uuid, text, text, text, jsonb, jsonb);

-- function synchrotron.row_visible(text, text)
DROP FUNCTION IF EXISTS synchrotron.row_visible(text, text);
