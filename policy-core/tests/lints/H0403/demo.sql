-- setup
CREATE TABLE countries (code text);
INSERT INTO countries VALUES ('CL'), ('LT');
CREATE TABLE prices (cents bigint);
INSERT INTO prices VALUES (250), (-1);
-- refused
ALTER TABLE countries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON countries FOR SELECT TO app;
GRANT SELECT ON countries TO app;
ALTER TABLE prices ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_app ON prices FOR SELECT TO app USING (true);
CREATE POLICY restrict_select_app ON prices AS RESTRICTIVE FOR SELECT TO app;
GRANT SELECT ON prices TO app;
-- as app | fails: 0 | passes: 2
SELECT count(*) FROM countries
-- as app | fails: 2 | passes: 1
SELECT count(*) FROM prices
