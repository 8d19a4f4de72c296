-- setup
CREATE TABLE orders (id uuid, amount bigint)
-- as app | fails: error 42501 | passes: 1 rows
INSERT INTO orders VALUES ('11111111-0000-0000-0000-000000000000', NULL)
