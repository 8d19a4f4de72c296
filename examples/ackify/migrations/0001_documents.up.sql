SET LOCAL ROLE ackify_owner;

-- The application's own tables: proof of reading for documents.
CREATE TABLE documents (
    doc_id text NOT NULL,
    tenant_id uuid NOT NULL,
    title text NOT NULL DEFAULT '',
    url text NOT NULL DEFAULT '',
    checksum text NOT NULL DEFAULT '',
    checksum_algorithm text NOT NULL DEFAULT 'SHA-256',
    description text NOT NULL DEFAULT '',
    read_mode text NOT NULL DEFAULT 'integrated' CHECK (read_mode IN ('external', 'integrated')),
    allow_download boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    created_by text NOT NULL,
    deleted_at timestamptz,
    PRIMARY KEY (tenant_id, doc_id)
);

CREATE TABLE signatures (
    id bigserial PRIMARY KEY,
    tenant_id uuid NOT NULL,
    doc_id text NOT NULL,
    user_sub text NOT NULL,
    user_email text NOT NULL,
    user_name text,
    signed_at timestamptz NOT NULL DEFAULT now(),
    payload_hash text NOT NULL,
    signature text NOT NULL,
    nonce text NOT NULL,
    prev_hash text,
    referer text,
    doc_checksum text,
    UNIQUE (tenant_id, doc_id, user_sub),
    FOREIGN KEY (tenant_id, doc_id) REFERENCES documents (tenant_id, doc_id)
);

CREATE TABLE expected_signers (
    id bigserial PRIMARY KEY,
    tenant_id uuid NOT NULL,
    doc_id text NOT NULL,
    email text NOT NULL,
    name text NOT NULL DEFAULT '',
    added_at timestamptz NOT NULL DEFAULT now(),
    added_by text NOT NULL,
    notes text,
    UNIQUE (tenant_id, doc_id, email),
    FOREIGN KEY (tenant_id, doc_id) REFERENCES documents (tenant_id, doc_id) ON DELETE CASCADE
);

CREATE TABLE checksum_verifications (
    id bigserial PRIMARY KEY,
    tenant_id uuid NOT NULL,
    doc_id text NOT NULL,
    verified_by text NOT NULL,
    verified_at timestamptz NOT NULL DEFAULT now(),
    stored_checksum text NOT NULL,
    calculated_checksum text NOT NULL,
    algorithm text NOT NULL DEFAULT 'SHA-256',
    is_valid boolean NOT NULL,
    error_message text,
    FOREIGN KEY (tenant_id, doc_id) REFERENCES documents (tenant_id, doc_id) ON DELETE CASCADE
);

RESET ROLE;
