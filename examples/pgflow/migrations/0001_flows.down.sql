SET LOCAL ROLE pgflow_owner;

DROP TABLE pgflow.deps, pgflow.steps, pgflow.flows;
DROP SCHEMA pgflow;

RESET ROLE;
