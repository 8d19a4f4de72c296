SET LOCAL ROLE pgflow_owner;

-- What runs, for whom, and who works on it.
CREATE TABLE pgflow.runs (
    run_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    flow_slug text NOT NULL REFERENCES pgflow.flows,
    user_id uuid NOT NULL,
    status text NOT NULL DEFAULT 'started' CHECK (status IN ('started', 'completed', 'failed')),
    input jsonb NOT NULL,
    output jsonb,
    remaining_steps integer NOT NULL CHECK (remaining_steps >= 0),
    started_at timestamptz NOT NULL DEFAULT now(),
    completed_at timestamptz
);

CREATE INDEX runs_user_id_idx ON pgflow.runs (user_id);

CREATE TABLE pgflow.step_states (
    run_id uuid NOT NULL REFERENCES pgflow.runs ON DELETE CASCADE,
    step_slug text NOT NULL,
    status text NOT NULL DEFAULT 'created' CHECK (status IN ('created', 'started', 'completed', 'failed')),
    remaining_deps integer NOT NULL DEFAULT 0 CHECK (remaining_deps >= 0),
    output jsonb,
    started_at timestamptz,
    completed_at timestamptz,
    PRIMARY KEY (run_id, step_slug)
);

-- One task for a worker; `message_id` is its place in the queue.
CREATE TABLE pgflow.step_tasks (
    run_id uuid NOT NULL,
    step_slug text NOT NULL,
    task_index integer NOT NULL DEFAULT 0,
    message_id bigserial NOT NULL,
    status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'started', 'completed', 'failed')),
    attempts_count integer NOT NULL DEFAULT 0,
    output jsonb,
    error_message text,
    last_worker_id uuid,
    queued_at timestamptz NOT NULL DEFAULT now(),
    completed_at timestamptz,
    PRIMARY KEY (run_id, step_slug, task_index),
    FOREIGN KEY (run_id, step_slug) REFERENCES pgflow.step_states (run_id, step_slug) ON DELETE CASCADE
);

CREATE TABLE pgflow.workers (
    worker_id uuid PRIMARY KEY,
    queue_name text NOT NULL,
    function_name text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    last_heartbeat_at timestamptz NOT NULL DEFAULT now(),
    deprecated_at timestamptz
);

CREATE TABLE pgflow.worker_functions (
    function_name text PRIMARY KEY,
    enabled boolean NOT NULL DEFAULT true,
    last_invoked_at timestamptz
);

RESET ROLE;
