-- setup
CREATE TABLE orders (id uuid, amount bigint);
INSERT INTO orders VALUES (gen_random_uuid(), 3000000000);
-- as app | fails: error 22003
SELECT amount::integer FROM orders
-- as app | passes: 3000000000
SELECT amount::bigint FROM orders
