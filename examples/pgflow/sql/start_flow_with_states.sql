DECLARE
    started uuid := coalesce(start_flow_with_states.run_id, gen_random_uuid());
BEGIN
    -- Whose run it is, the column's default says; whether the caller may, the policies do.
    INSERT INTO pgflow.runs (run_id, flow_slug, input, remaining_steps)
    SELECT started, start_flow_with_states.flow_slug, start_flow_with_states.input, count(s.step_slug)
    FROM pgflow.steps AS s
    WHERE s.flow_slug = start_flow_with_states.flow_slug;

    INSERT INTO pgflow.step_states (run_id, step_slug, status, remaining_deps, started_at)
    SELECT started, s.step_slug, CASE WHEN d.deps = 0 THEN 'started' ELSE 'created' END, d.deps, CASE WHEN d.deps = 0 THEN now() END
    FROM pgflow.steps AS s
    CROSS JOIN LATERAL (
        SELECT count(*)::integer AS deps
        FROM pgflow.deps AS w
        WHERE w.flow_slug = s.flow_slug AND w.step_slug = s.step_slug
    ) AS d
    WHERE s.flow_slug = start_flow_with_states.flow_slug;

    INSERT INTO pgflow.step_tasks (run_id, step_slug)
    SELECT t.run_id, t.step_slug
    FROM pgflow.step_states AS t
    WHERE t.run_id = started AND t.status = 'started';

    RETURN pgflow.run_with_states(started);
END
