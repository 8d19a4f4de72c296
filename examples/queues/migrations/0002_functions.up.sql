SET LOCAL ROLE queue_owner;

-- The oldest task that no other worker holds, and nothing if there is none.
CREATE FUNCTION queues.dequeue_next_available_task() RETURNS jsonb LANGUAGE sql AS $$
    UPDATE queues.tasks SET locked_at = now(), attempts = attempts + 1
    WHERE task_id = (SELECT task_id FROM queues.tasks WHERE locked_at IS NULL ORDER BY task_id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING jsonb_build_object('task_id', task_id, 'kind', kind, 'payload', payload)
$$;

-- Notes what went wrong; the task waits again, three times at most.
CREATE FUNCTION queues.append_error(task_id bigint, message text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO queues.errors (task_id, message) VALUES ($1, $2);
    UPDATE queues.tasks AS t SET locked_at = NULL WHERE t.task_id = $1 AND t.attempts < 3;
END
$$;

-- Calls a function by its name, as whoever calls.
CREATE FUNCTION internal.run_function(function_name text, payload jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    parts text[] := parse_ident(function_name);
    result jsonb;
BEGIN
    IF cardinality(parts) <> 2 THEN
        RAISE EXCEPTION 'not a function of a schema: %', function_name USING ERRCODE = 'invalid_parameter_value';
    END IF;
    EXECUTE format('SELECT %I.%I($1)', parts[1], parts[2]) INTO result USING payload;
    RETURN result;
END
$$;

-- Decides what comes next for a mail: it is sent once, by a task of its own.
CREATE FUNCTION comms.send_email_supervisor(payload jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    email bigint;
BEGIN
    UPDATE comms.emails AS e SET status = 'scheduled'
    WHERE e.email_id = (payload ->> 'email_id')::bigint AND e.status = 'new' RETURNING e.email_id INTO email;
    IF email IS NULL THEN
        RETURN jsonb_build_object('status', 'nothing to do');
    END IF;
    PERFORM internal.enqueue_task('email', jsonb_build_object(
        'email_id', email,
        'before', 'comms.get_email_payload',
        'success', 'comms.record_email_success',
        'failure', 'comms.record_email_failure'
    ));
    RETURN jsonb_build_object('status', 'scheduled');
END
$$;

CREATE FUNCTION comms.get_email_payload(payload jsonb) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('to', e.recipient, 'subject', e.subject, 'body', e.body)
    FROM comms.emails AS e WHERE e.email_id = (payload ->> 'email_id')::bigint AND e.status = 'scheduled'
$$;

CREATE FUNCTION comms.record_email_success(payload jsonb) RETURNS jsonb LANGUAGE sql AS $$
    UPDATE comms.emails AS e SET status = 'sent', sent_at = now()
    WHERE e.email_id = (payload ->> 'email_id')::bigint AND e.status = 'scheduled'
    RETURNING jsonb_build_object('status', e.status)
$$;

CREATE FUNCTION comms.record_email_failure(payload jsonb) RETURNS jsonb LANGUAGE sql AS $$
    UPDATE comms.emails AS e SET status = 'failed', failure = payload ->> 'error'
    WHERE e.email_id = (payload ->> 'email_id')::bigint AND e.status = 'scheduled'
    RETURNING jsonb_build_object('status', e.status)
$$;

-- For operators, by hand: named in no declaration, and so in the revoke of the whole schema alone.
CREATE FUNCTION comms.forget_emails(payload jsonb) RETURNS jsonb LANGUAGE sql SECURITY DEFINER SET search_path = comms, pg_temp AS $$
    WITH gone AS (DELETE FROM comms.emails WHERE created_at < (payload ->> 'before')::timestamptz RETURNING 1)
    SELECT jsonb_build_object('gone', count(*)) FROM gone
$$;

-- What the caller of a request asks for. Its right to the row is that of the caller.
CREATE FUNCTION api.request_email(recipient text, subject text, body text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    email bigint;
BEGIN
    INSERT INTO comms.emails (recipient, subject, body) VALUES ($1, $2, $3) RETURNING email_id INTO email;
    PERFORM internal.enqueue_task('db_function', jsonb_build_object(
        'db_function', 'comms.send_email_supervisor',
        'email_id', email
    ));
    RETURN email;
END
$$;

CREATE FUNCTION api.health() RETURNS text LANGUAGE sql AS $$ SELECT 'ok' $$;

RESET ROLE;
