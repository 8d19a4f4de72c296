SET LOCAL ROLE pgflow_minimal_owner;

-- pgflow as it is: nobody's runs, no policies, two functions for clients and one for workers.
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

CREATE TABLE pgflow.runs (
    run_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    flow_slug text NOT NULL REFERENCES pgflow.flows,
    status text NOT NULL DEFAULT 'started' CHECK (status IN ('started', 'completed', 'failed')),
    input jsonb NOT NULL,
    output jsonb,
    remaining_steps integer NOT NULL CHECK (remaining_steps >= 0),
    started_at timestamptz NOT NULL DEFAULT now(),
    completed_at timestamptz
);

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

CREATE FUNCTION pgflow.run_with_states(run_id uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
SELECT jsonb_build_object(
    'run', to_jsonb(r),
    'steps', (SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY t.step_slug), '[]') FROM pgflow.step_states AS t WHERE t.run_id = r.run_id)
)
FROM pgflow.runs AS r
WHERE r.run_id = run_with_states.run_id
$$;

CREATE FUNCTION pgflow.get_run_with_states(run_id uuid) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER AS $$
SELECT pgflow.run_with_states(get_run_with_states.run_id)
$$;

CREATE FUNCTION pgflow.start_flow_with_states(flow_slug text, input jsonb, run_id uuid DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    started uuid := coalesce(start_flow_with_states.run_id, gen_random_uuid());
BEGIN
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
$$;

CREATE FUNCTION pgflow.complete_task(run_id uuid, step_slug text, output jsonb) RETURNS void LANGUAGE plpgsql AS $$
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
$$;

RESET ROLE;
