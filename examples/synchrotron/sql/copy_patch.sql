-- The same patch into the other two shapes of the log, as the same user.
BEGIN
    CASE NEW.table_name
        WHEN 'todos' THEN
            INSERT INTO synchrotron.todo_patches (id, todo_id, operation, forward_patches)
            VALUES (NEW.id, NEW.row_id::uuid, NEW.operation, NEW.forward_patches);
        WHEN 'notes' THEN
            INSERT INTO synchrotron.note_patches (id, note_id, operation, forward_patches)
            VALUES (NEW.id, NEW.row_id, NEW.operation, NEW.forward_patches);
    END CASE;
    INSERT INTO synchrotron.bare_patches (id, table_name, row_id, operation, forward_patches)
    VALUES (NEW.id, NEW.table_name, NEW.row_id, NEW.operation, NEW.forward_patches);
    RETURN NULL;
END
