SET LOCAL ROLE queue_owner;

-- What PostgREST shows of the application.
CREATE SCHEMA api;
-- What no one outside may call: the runner and helpers.
CREATE SCHEMA internal;
-- Work that waits.
CREATE SCHEMA queues;
-- Mail, and what is told to everyone.
CREATE SCHEMA comms;

CREATE TABLE queues.tasks (
    task_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('db_function', 'email')),
    payload jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    locked_at timestamptz,
    attempts integer NOT NULL DEFAULT 0
);

CREATE INDEX tasks_waiting ON queues.tasks (task_id) WHERE locked_at IS NULL;

CREATE TABLE queues.errors (
    error_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task_id bigint NOT NULL REFERENCES queues.tasks,
    message text NOT NULL,
    raised_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE comms.emails (
    email_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    requested_by text NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    status text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'scheduled', 'sent', 'failed')),
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    failure text
);

CREATE TABLE comms.notices (
    notice_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL,
    published boolean NOT NULL DEFAULT false
);

RESET ROLE;
