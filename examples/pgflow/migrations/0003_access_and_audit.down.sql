SET LOCAL ROLE pgflow_owner;

DROP SCHEMA pgflow_gate;
DROP TABLE pgflow_audit.reads, pgflow_audit.runs;
DROP SCHEMA pgflow_audit;
DROP TABLE pgflow.flow_grants, pgflow.team_members, pgflow.teams;

RESET ROLE;
