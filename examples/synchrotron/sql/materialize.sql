-- The rows of every tenant, from the log. Scope and key are those of the log, never those of a patch; columns that no patch
-- names stay as they are. A patch that does not fit its table is one user's fault, and stops nobody else's.
DECLARE
    entry record;
    patch jsonb;
    written bigint;
    applied bigint := 0;
BEGIN
    FOR entry IN SELECT * FROM synchrotron.action_modified_rows ORDER BY id LOOP
        patch := entry.forward_patches - 'id' || jsonb_build_object('tenant_id', entry.tenant_id, 'user_id', entry.user_id);
        BEGIN
            -- By itself: of `written = 0 AND ..` SQL may leave out the first half.
            written := synchrotron.write_row(entry.table_name, entry.row_id, replace(entry.operation, 'insert', 'update'), patch);
            IF written = 0 AND entry.operation = 'insert' THEN
                PERFORM synchrotron.write_row(entry.table_name, entry.row_id, 'insert', patch);
            END IF;
            applied := applied + 1;
        EXCEPTION
            WHEN data_exception OR integrity_constraint_violation OR undefined_column THEN
                RAISE WARNING 'patch % is left out: %', entry.id, SQLERRM;
        END;
    END LOOP;
    RETURN applied;
END
