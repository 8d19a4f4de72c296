SET LOCAL ROLE pgflow_owner;

-- What can run: flows, their steps, which step waits for which.
CREATE SCHEMA pgflow;

CREATE TABLE pgflow.flows (
    flow_slug text PRIMARY KEY CHECK (flow_slug ~ '^[a-z][a-z0-9_]*$'),
    opt_max_attempts integer NOT NULL DEFAULT 3 CHECK (opt_max_attempts > 0),
    opt_timeout integer NOT NULL DEFAULT 60 CHECK (opt_timeout > 0),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE pgflow.steps (
    flow_slug text NOT NULL REFERENCES pgflow.flows,
    step_slug text NOT NULL,
    step_index integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (flow_slug, step_slug),
    UNIQUE (flow_slug, step_index)
);

-- A step waits for the steps that it depends on.
CREATE TABLE pgflow.deps (
    flow_slug text NOT NULL REFERENCES pgflow.flows,
    dep_slug text NOT NULL,
    step_slug text NOT NULL CHECK (step_slug <> dep_slug),
    PRIMARY KEY (flow_slug, dep_slug, step_slug),
    FOREIGN KEY (flow_slug, dep_slug) REFERENCES pgflow.steps (flow_slug, step_slug),
    FOREIGN KEY (flow_slug, step_slug) REFERENCES pgflow.steps (flow_slug, step_slug)
);

RESET ROLE;
