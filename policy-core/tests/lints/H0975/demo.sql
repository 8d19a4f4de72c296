-- setup
CREATE TABLE salaries (id bigint, cents bigint);
INSERT INTO salaries VALUES (1, 900)
-- as app | fails: error 42501 | passes: error 42501
SELECT max(cents) FROM salaries
-- as app | fails: 900 | passes: error 42501
SELECT best_paid()
