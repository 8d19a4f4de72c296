-- setup
CREATE TABLE orders (id uuid, amount bigint CHECK (amount > 0));
-- as app | fails: error 42501 | passes: 1 rows
INSERT INTO orders VALUES (gen_random_uuid(), NULL)
-- as app | fails: error 42501 | passes: error 42501
INSERT INTO orders VALUES (gen_random_uuid(), -1)
