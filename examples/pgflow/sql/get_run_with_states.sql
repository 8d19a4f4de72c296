DECLARE
    run jsonb := pgflow.run_with_states(get_run_with_states.run_id);
BEGIN
    -- No trigger fires for a SELECT: who looks at runs is written down here, also if there was nothing for the caller to see.
    INSERT INTO pgflow_audit.reads (run_id, found) VALUES (get_run_with_states.run_id, run IS NOT NULL);
    RETURN run;
END
