-- setup
CREATE TABLE of_others (id bigint);
INSERT INTO of_others VALUES (1)
-- as app | fails: 1 | passes: error 42501
SELECT count(*) FROM of_others
