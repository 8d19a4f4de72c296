SET LOCAL ROLE synchrotron_owner;

-- What users edit. Every synced table says whose a row is in two columns of the same names.
CREATE TABLE todos (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL,
    user_id text NOT NULL,
    title text NOT NULL,
    done boolean NOT NULL DEFAULT false,
    UNIQUE (id, tenant_id, user_id)
);
CREATE INDEX ON todos (tenant_id, user_id);

CREATE TABLE notes (
    id text PRIMARY KEY,
    tenant_id uuid NOT NULL,
    user_id text NOT NULL,
    body text NOT NULL,
    UNIQUE (id, tenant_id, user_id)
);
CREATE INDEX ON notes (tenant_id, user_id);

-- Who else may read a to-do. Foreign keys look past policies: this one holds share and to-do to one tenant and one owner.
CREATE TABLE todo_shares (
    todo_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    owner_id text NOT NULL,
    user_id text NOT NULL,
    PRIMARY KEY (todo_id, user_id),
    FOREIGN KEY (todo_id, tenant_id, owner_id) REFERENCES todos (id, tenant_id, user_id) ON DELETE CASCADE
);
CREATE INDEX ON todo_shares (tenant_id, user_id);

RESET ROLE;
