SET LOCAL ROLE pgflow_owner;

DROP TABLE pgflow.worker_functions, pgflow.workers, pgflow.step_tasks, pgflow.step_states, pgflow.runs;

RESET ROLE;
