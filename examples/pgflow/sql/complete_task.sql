DECLARE
    next_step record;
BEGIN
    UPDATE pgflow.step_tasks AS t
    SET status = 'completed', output = complete_task.output, completed_at = now()
    WHERE t.run_id = complete_task.run_id AND t.step_slug = complete_task.step_slug AND t.status <> 'completed';
    IF NOT FOUND THEN
        RETURN;
    END IF;

    UPDATE pgflow.step_states AS s
    SET status = 'completed', output = complete_task.output, completed_at = now()
    WHERE s.run_id = complete_task.run_id AND s.step_slug = complete_task.step_slug;

    FOR next_step IN
        UPDATE pgflow.step_states AS s
        SET remaining_deps = s.remaining_deps - 1
        FROM pgflow.deps AS d, pgflow.runs AS r
        WHERE r.run_id = complete_task.run_id AND s.run_id = r.run_id
            AND d.flow_slug = r.flow_slug AND d.dep_slug = complete_task.step_slug AND d.step_slug = s.step_slug
        RETURNING s.step_slug, s.remaining_deps
    LOOP
        CONTINUE WHEN next_step.remaining_deps > 0;
        UPDATE pgflow.step_states AS s SET status = 'started', started_at = now()
        WHERE s.run_id = complete_task.run_id AND s.step_slug = next_step.step_slug;
        INSERT INTO pgflow.step_tasks (run_id, step_slug) VALUES (complete_task.run_id, next_step.step_slug);
    END LOOP;

    UPDATE pgflow.runs AS r
    SET remaining_steps = r.remaining_steps - 1,
        status = CASE WHEN r.remaining_steps = 1 THEN 'completed' ELSE r.status END,
        completed_at = CASE WHEN r.remaining_steps = 1 THEN now() END
    WHERE r.run_id = complete_task.run_id;
END
