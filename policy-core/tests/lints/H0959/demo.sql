-- setup
CREATE TABLE people (id uuid, name text, is_admin bool);
INSERT INTO people VALUES ('11111111-0000-0000-0000-000000000000', 'Eve', false)
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: 1 rows | passes: error 42501
UPDATE people SET is_admin = true
