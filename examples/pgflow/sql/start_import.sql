BEGIN
    -- What the partner may do is decided here; what its user may do, where every run is decided.
    IF pg_column_size(start_import.input) > 4096 THEN
        RAISE insufficient_privilege USING MESSAGE = 'the input of an import has at most 4096 bytes';
    END IF;
    RETURN pgflow.start_flow_with_states('import', start_import.input, NULL);
END
