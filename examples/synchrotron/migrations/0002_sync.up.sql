SET LOCAL ROLE synchrotron_owner;

CREATE SCHEMA synchrotron;

-- What clients did. `args` is what the author typed; nobody else needs it, because patches say what came of it.
CREATE TABLE synchrotron.action_records (
    id uuid PRIMARY KEY,
    server_ingest_id bigserial NOT NULL UNIQUE,
    tenant_id uuid NOT NULL,
    user_id text NOT NULL,
    client_id text NOT NULL,
    tag text NOT NULL,
    args jsonb NOT NULL DEFAULT '{}',
    clock_time_ms bigint NOT NULL,
    clock_counter bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (id, tenant_id, user_id)
);
CREATE INDEX ON synchrotron.action_records (tenant_id, user_id);

-- What the actions did to rows. The scope has no default: a trigger copies it from the row. The foreign key takes the
-- scope along, so that a patch belongs to an action of whoever owns the row.
CREATE TABLE synchrotron.action_modified_rows (
    id bigserial PRIMARY KEY,
    tenant_id uuid NOT NULL,
    user_id text NOT NULL,
    action_record_id uuid NOT NULL,
    table_name text NOT NULL,
    row_id text NOT NULL,
    operation text NOT NULL CHECK (operation IN ('insert', 'update', 'delete')),
    forward_patches jsonb NOT NULL DEFAULT '{}',
    reverse_patches jsonb NOT NULL DEFAULT '{}',
    FOREIGN KEY (action_record_id, tenant_id, user_id) REFERENCES synchrotron.action_records (id, tenant_id, user_id)
);
CREATE INDEX ON synchrotron.action_modified_rows (tenant_id, user_id, id);

-- How far each client has read.
CREATE TABLE synchrotron.client_sync_status (
    client_id text NOT NULL,
    tenant_id uuid NOT NULL,
    user_id text NOT NULL,
    last_seen_server_ingest_id bigint NOT NULL DEFAULT 0,
    last_synced_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, user_id, client_id)
);

RESET ROLE;
