SET LOCAL ROLE pgflow_owner;

-- Who may start what: a user, the members of a team, or whoever has a role of the application.
CREATE TABLE pgflow.teams (
    team_id uuid PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE pgflow.team_members (
    team_id uuid NOT NULL REFERENCES pgflow.teams ON DELETE CASCADE,
    user_id uuid NOT NULL,
    PRIMARY KEY (user_id, team_id)
);

CREATE TABLE pgflow.flow_grants (
    grant_id bigserial PRIMARY KEY,
    flow_slug text NOT NULL REFERENCES pgflow.flows ON DELETE CASCADE,
    user_id uuid,
    team_id uuid REFERENCES pgflow.teams ON DELETE CASCADE,
    app_role text CHECK (app_role <> ''),
    CHECK (num_nonnulls(user_id, team_id, app_role) = 1)
);

CREATE INDEX flow_grants_user_id_idx ON pgflow.flow_grants (user_id);
CREATE INDEX flow_grants_team_id_idx ON pgflow.flow_grants (team_id);
CREATE INDEX flow_grants_app_role_idx ON pgflow.flow_grants (app_role);

-- What happened, out of reach of the roles that it happened to: service_role holds everything in `pgflow`.
CREATE SCHEMA pgflow_audit;

CREATE TABLE pgflow_audit.runs (
    id bigserial PRIMARY KEY,
    at timestamptz NOT NULL,
    command text NOT NULL,
    table_name text NOT NULL,
    row_id text NOT NULL,
    flow_slug text NOT NULL,
    user_id uuid,
    db_role text NOT NULL,
    claims jsonb,
    old_row jsonb,
    new_row jsonb
);

CREATE TABLE pgflow_audit.reads (
    id bigserial PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    user_id uuid NOT NULL,
    run_id uuid NOT NULL,
    found boolean NOT NULL
);

-- Doors for others: a wrapper around pgflow, for a partner who reaches nothing else.
CREATE SCHEMA pgflow_gate;

RESET ROLE;
