-- A patch as the user whose patch it is: the row, and the line of the log. No action is run here.
DECLARE
    removed boolean := operation = 'delete';
BEGIN
    -- The log reads the row: before it goes, after it has come.
    IF removed THEN
        INSERT INTO synchrotron.action_modified_rows (action_record_id, table_name, row_id, operation, forward_patches, reverse_patches)
        VALUES (action_record_id, table_name, row_id, operation, forward_patches, reverse_patches);
    END IF;
    IF synchrotron.write_row(table_name, row_id, operation, forward_patches) <> 1 THEN
        RAISE insufficient_privilege USING MESSAGE = format('no row %L of %I that the caller may %s', row_id, table_name, operation);
    END IF;
    IF NOT removed THEN
        INSERT INTO synchrotron.action_modified_rows (action_record_id, table_name, row_id, operation, forward_patches, reverse_patches)
        VALUES (action_record_id, table_name, row_id, operation, forward_patches, reverse_patches);
    END IF;
END
