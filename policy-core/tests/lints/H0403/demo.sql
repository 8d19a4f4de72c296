-- setup
CREATE TABLE countries (code text);
INSERT INTO countries VALUES ('CL'), ('LT');
-- refused
ALTER TABLE countries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON countries FOR SELECT TO app;
GRANT SELECT ON countries TO app;
-- as app | fails: 0 | passes: 2
SELECT count(*) FROM countries
