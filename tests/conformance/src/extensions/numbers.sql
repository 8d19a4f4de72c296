-- Our numbers for what the extension `current_setting('conformance.extension')` brings, from `conformance.first` on: its types and their
-- arrays from 0, its operator families from 500, its functions from 1000.
CREATE TEMP TABLE member ON COMMIT PRESERVE ROWS AS
    SELECT d.classid, d.objid FROM pg_depend AS d JOIN pg_extension AS e ON e.oid = d.refobjid
    WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = current_setting('conformance.extension');
CREATE TEMP TABLE number ON COMMIT PRESERVE ROWS AS
    WITH t AS (SELECT t.oid, t.typarray, row_number() OVER (ORDER BY t.typname COLLATE "C") - 1 AS n
        FROM member AS m JOIN pg_type AS t ON t.oid = m.objid WHERE m.classid = 'pg_type'::regclass AND t.typtype IN ('b', 'c') AND t.typarray <> 0),
    f AS (SELECT f.oid, row_number() OVER (ORDER BY f.opfname COLLATE "C", f.opfmethod) - 1 AS n
        FROM member AS m JOIN pg_opfamily AS f ON f.oid = m.objid WHERE m.classid = 'pg_opfamily'::regclass),
    p AS (SELECT p.oid, row_number() OVER (ORDER BY p.proname COLLATE "C", p.proargtypes::regtype[]::text COLLATE "C") - 1 AS n
        FROM member AS m JOIN pg_proc AS p ON p.oid = m.objid WHERE m.classid = 'pg_proc'::regclass)
    SELECT 'pg_type'::regclass AS class, oid, 2 * n AS n FROM t
    UNION ALL SELECT 'pg_type'::regclass, typarray, 2 * n + 1 FROM t
    UNION ALL SELECT 'pg_opfamily'::regclass, oid, 500 + n FROM f
    UNION ALL SELECT 'pg_proc'::regclass, oid, 1000 + n FROM p;
-- Our number of a thing of the extension; of any other thing its OID.
CREATE FUNCTION pg_temp.n(regclass, oid) RETURNS int8 LANGUAGE sql AS
    'SELECT coalesce((SELECT current_setting(''conformance.first'')::int8 + n.n FROM number AS n WHERE n.class = $1 AND n.oid = $2), $2::int8)';
-- Whether a predicate can have values of the type.
CREATE FUNCTION pg_temp.usable(oid) RETURNS bool LANGUAGE sql AS
    'SELECT EXISTS (SELECT FROM number AS n WHERE n.class = ''pg_type''::regclass AND n.oid = $1)
        OR EXISTS (SELECT FROM pg_type AS t WHERE t.oid = $1 AND t.oid < 10000 AND t.typnamespace = ''pg_catalog''::regnamespace
            AND t.typname NOT IN (''internal'', ''cstring'', ''trigger'', ''event_trigger'')
            AND t.typname NOT LIKE ''%\_handler'')';
