SELECT jsonb_build_object(
    'run', to_jsonb(r),
    'steps', (SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY t.step_slug), '[]') FROM pgflow.step_states AS t WHERE t.run_id = r.run_id)
)
FROM pgflow.runs AS r
WHERE r.run_id = run_with_states.run_id
