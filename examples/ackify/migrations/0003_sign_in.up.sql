SET LOCAL ROLE ackify_owner;

-- Who comes in. A magic link is asked for before a tenant is known, so its tenant may be absent.
CREATE TABLE oauth_sessions (
    id bigserial PRIMARY KEY,
    tenant_id uuid NOT NULL,
    session_id text NOT NULL,
    user_sub text NOT NULL,
    refresh_token_encrypted bytea NOT NULL,
    access_token_expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    last_refreshed_at timestamptz,
    user_agent text,
    ip_address inet,
    UNIQUE (tenant_id, session_id)
);

CREATE TABLE magic_link_tokens (
    id bigserial PRIMARY KEY,
    tenant_id uuid,
    token text NOT NULL UNIQUE,
    email text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    used_by_ip inet,
    redirect_to text NOT NULL DEFAULT '/',
    purpose text NOT NULL DEFAULT 'login',
    doc_id text
);

CREATE TABLE magic_link_auth_attempts (
    id bigserial PRIMARY KEY,
    tenant_id uuid,
    email text NOT NULL,
    success boolean NOT NULL,
    failure_reason text,
    ip_address inet NOT NULL,
    user_agent text,
    attempted_at timestamptz NOT NULL DEFAULT now()
);

RESET ROLE;
