-- One change of one row, with the caller's rights: which tables is said here, which columns and rows by grants and policies.
DECLARE
    target regclass := CASE table_name WHEN 'todos' THEN 'public.todos'::regclass WHEN 'notes' THEN 'public.notes'::regclass END;
    names text;
    written bigint;
BEGIN
    IF target IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = format('no patches are taken for %I', table_name);
    END IF;
    IF operation = 'insert' THEN
        patch := patch || jsonb_build_object('id', row_id);
    END IF;
    SELECT string_agg(quote_ident(key), ', ') INTO names FROM jsonb_object_keys(patch) AS key;
    CASE operation
        WHEN 'insert' THEN
            EXECUTE format('INSERT INTO %1$s (%2$s) SELECT %2$s FROM jsonb_populate_record(NULL::%1$s, $1)', target, names)
                USING patch;
        WHEN 'update' THEN
            EXECUTE format(
                'UPDATE %1$s SET (%2$s) = (SELECT %2$s FROM jsonb_populate_record(NULL::%1$s, $1))
                 WHERE id = (jsonb_populate_record(NULL::%1$s, $2)).id', target, names)
                USING patch, jsonb_build_object('id', row_id);
        WHEN 'delete' THEN
            EXECUTE format('DELETE FROM %1$s WHERE id = (jsonb_populate_record(NULL::%1$s, $1)).id', target)
                USING jsonb_build_object('id', row_id);
    END CASE;
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END
