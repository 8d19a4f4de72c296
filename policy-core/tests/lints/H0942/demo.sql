-- setup
CREATE TABLE heads (user_id uuid, department bigint);
CREATE TABLE salaries (id bigint, person uuid, cents bigint, department bigint);
INSERT INTO heads VALUES ('11111111-0000-0000-0000-000000000000', 1);
INSERT INTO salaries VALUES (1, '22222222-0000-0000-0000-000000000000', 100, 1)
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: 1 | passes: 1
SELECT count(*) FROM salaries
-- as postgres | fails: 1 rows | passes: 1 rows
DELETE FROM heads
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: 1 | passes: 0
SELECT count(*) FROM salaries
