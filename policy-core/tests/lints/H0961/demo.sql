-- setup
CREATE TABLE orders (id bigint, number bigint);
CREATE INDEX ON orders (number)
-- as app app.number=1001 | fails: has Filter: | passes: has Index Cond: (number
SET LOCAL enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM orders
