SET LOCAL ROLE ackify_owner;

-- What became of signatures and of the list of those who have to sign: written by triggers, changed by nobody.
CREATE TABLE signature_audit (
    id bigserial PRIMARY KEY,
    tenant_id uuid NOT NULL,
    table_name text NOT NULL,
    row_id text NOT NULL,
    command text NOT NULL,
    old_row jsonb,
    new_row jsonb,
    happened_at timestamptz NOT NULL,
    db_role text NOT NULL,
    user_email text
);
CREATE INDEX ON signature_audit (tenant_id, happened_at);

RESET ROLE;
