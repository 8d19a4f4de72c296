SET LOCAL ROLE synchrotron_owner;

-- The other two shapes that the log of patches can have, beside the first. An application needs one of the three.

-- A table of patches for each table: an ordinary foreign key, and the patches go with their row.
CREATE TABLE synchrotron.todo_patches (
    id bigint PRIMARY KEY,
    todo_id uuid NOT NULL REFERENCES todos ON DELETE CASCADE,
    operation text NOT NULL,
    forward_patches jsonb NOT NULL
);
CREATE INDEX ON synchrotron.todo_patches (todo_id);

CREATE TABLE synchrotron.note_patches (
    id bigint PRIMARY KEY,
    note_id text NOT NULL REFERENCES notes ON DELETE CASCADE,
    operation text NOT NULL,
    forward_patches jsonb NOT NULL
);
CREATE INDEX ON synchrotron.note_patches (note_id);

-- One table without scope columns: a function looks at the row.
CREATE TABLE synchrotron.bare_patches (
    id bigint PRIMARY KEY,
    table_name text NOT NULL,
    row_id text NOT NULL,
    operation text NOT NULL,
    forward_patches jsonb NOT NULL
);

RESET ROLE;
