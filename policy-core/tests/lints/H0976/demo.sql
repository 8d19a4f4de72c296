-- setup
CREATE TABLE users (id bigint, name text, password_hash text);
CREATE TABLE changes (table_name text, row_id text, command text, new_row jsonb)
-- as app | fails: 1 rows | passes: 1 rows
INSERT INTO users VALUES (1, 'Ada', 'x-hash')
-- as worker | fails: error 42501 | passes: error 42501
SELECT password_hash FROM users
-- as worker | fails: x-hash | passes: error 42501
SELECT new_row ->> 'password_hash' FROM changes
