-- setup
CREATE TABLE tasks (id bigint);
INSERT INTO tasks VALUES (1), (2);
-- refused
ALTER TABLE tasks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_worker ON tasks FOR SELECT TO worker USING (true);
GRANT SELECT ON tasks TO worker;
CREATE FUNCTION depth() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS 'SELECT count(*) FROM tasks';
ALTER FUNCTION depth() OWNER TO worker;
REVOKE EXECUTE ON FUNCTION depth() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION depth() TO app;
-- as worker | fails: 0 rows | passes: error 42501
ALTER FUNCTION depth() RESET search_path
-- as app | fails: 3 | passes: 2
CREATE TEMP TABLE tasks AS SELECT generate_series(1, 3) AS id;
GRANT SELECT ON tasks TO PUBLIC;
SELECT depth()
