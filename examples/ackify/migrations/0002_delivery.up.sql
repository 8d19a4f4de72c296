SET LOCAL ROLE ackify_owner;

-- What leaves the application: webhooks, reminders, mail.
CREATE TABLE webhooks (
    id bigserial PRIMARY KEY,
    tenant_id uuid NOT NULL,
    title text NOT NULL DEFAULT '',
    target_url text NOT NULL,
    secret text NOT NULL,
    active boolean NOT NULL DEFAULT true,
    events text[] NOT NULL,
    headers jsonb,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_delivered_at timestamptz,
    failure_count integer NOT NULL DEFAULT 0,
    UNIQUE (tenant_id, id)
);

CREATE TABLE webhook_deliveries (
    id bigserial PRIMARY KEY,
    tenant_id uuid NOT NULL,
    webhook_id bigint NOT NULL,
    event_type text NOT NULL,
    event_id uuid NOT NULL,
    payload jsonb NOT NULL,
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'delivered', 'failed')),
    retry_count integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    processed_at timestamptz,
    next_retry_at timestamptz,
    response_status integer,
    last_error text,
    FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhooks (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE reminder_logs (
    id bigserial PRIMARY KEY,
    tenant_id uuid NOT NULL,
    doc_id text NOT NULL,
    recipient_email text NOT NULL,
    sent_at timestamptz NOT NULL DEFAULT now(),
    sent_by text NOT NULL,
    template_used text NOT NULL,
    status text NOT NULL CHECK (status IN ('sent', 'failed', 'bounced', 'queued')),
    error_message text,
    FOREIGN KEY (tenant_id, doc_id) REFERENCES documents (tenant_id, doc_id) ON DELETE CASCADE
);

CREATE TABLE email_queue (
    id bigserial PRIMARY KEY,
    tenant_id uuid NOT NULL,
    to_addresses text[] NOT NULL,
    subject text NOT NULL,
    template text NOT NULL,
    locale text NOT NULL DEFAULT 'en',
    data jsonb NOT NULL DEFAULT '{}',
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'sent', 'failed')),
    priority integer NOT NULL DEFAULT 0,
    retry_count integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    scheduled_for timestamptz NOT NULL DEFAULT now(),
    processed_at timestamptz,
    next_retry_at timestamptz,
    last_error text
);

RESET ROLE;
