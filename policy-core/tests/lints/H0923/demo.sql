-- setup
CREATE TABLE countries (code text);
INSERT INTO countries VALUES ('CL');
-- as app | fails: error 42501 | passes: 1
SELECT count(*) FROM countries
