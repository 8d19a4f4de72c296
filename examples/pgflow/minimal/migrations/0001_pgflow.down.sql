SET LOCAL ROLE pgflow_minimal_owner;

DROP FUNCTION pgflow.complete_task(uuid, text, jsonb);
DROP FUNCTION pgflow.start_flow_with_states(text, jsonb, uuid);
DROP FUNCTION pgflow.get_run_with_states(uuid);
DROP FUNCTION pgflow.run_with_states(uuid);
DROP TABLE pgflow.worker_functions, pgflow.workers, pgflow.step_tasks, pgflow.step_states, pgflow.runs;
DROP TABLE pgflow.deps, pgflow.steps, pgflow.flows;
DROP SCHEMA pgflow;

RESET ROLE;
