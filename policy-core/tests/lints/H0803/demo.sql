-- setup
CREATE TABLE tasks (id bigint, title text, secret text);
INSERT INTO tasks VALUES (1, 'call back', 'the key');
CREATE FUNCTION next() RETURNS text LANGUAGE sql STABLE AS 'SELECT title FROM tasks ORDER BY id LIMIT 1';
-- refused
CREATE ROLE reader;
ALTER TABLE tasks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY select_reader ON tasks FOR SELECT TO reader USING (true);
GRANT SELECT ON tasks TO reader;
ALTER FUNCTION next() OWNER TO reader;
ALTER FUNCTION next() SECURITY DEFINER;
REVOKE EXECUTE ON FUNCTION next() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION next() TO app;
-- as app | fails: error 42501 | passes: error 42501
SELECT secret FROM public.tasks
-- as app | fails: the key | passes: call back
CREATE FUNCTION pg_temp.peek() RETURNS text LANGUAGE sql AS 'SELECT secret FROM public.tasks';
CREATE TEMP VIEW tasks AS SELECT 1 AS id, pg_temp.peek() AS title;
GRANT SELECT ON tasks TO PUBLIC;
SELECT public.next()
