-- The functions, aggregates and window functions of the extension whose arguments and value a predicate can have; none that it keeps to itself.
SELECT concat_ws(' ', 'function', pg_temp.n('pg_proc', p.oid), p.proname, p.prokind, CASE WHEN p.proretset THEN 's' ELSE '-' END, p.provolatile,
    CASE WHEN p.proisstrict THEN 's' ELSE '-' END, CASE WHEN p.proleakproof THEN 'l' ELSE '-' END, pg_temp.n('pg_type', p.provariadic),
    p.pronargdefaults, pg_temp.n('pg_type', p.prorettype),
    coalesce((SELECT string_agg(pg_temp.n('pg_type', a.kind)::text, ',' ORDER BY a.i) FROM unnest(p.proargtypes) WITH ORDINALITY AS a (kind, i)), '-'),
    coalesce((SELECT CASE WHEN bool_or(a.name <> '') THEN string_agg(a.name, ',' ORDER BY a.n) END
        FROM unnest(p.proargnames, p.proargmodes) WITH ORDINALITY AS a (name, mode, n)
        WHERE coalesce(a.mode, 'i') IN ('i', 'b', 'v') AND (p.proargmodes IS NOT NULL OR a.n <= p.pronargs)), '-'))
FROM member AS m
JOIN pg_proc AS p ON p.oid = m.objid
WHERE m.classid = 'pg_proc'::regclass AND p.prokind IN ('f', 'a', 'w') AND p.proname NOT LIKE '\_%'
    AND pg_temp.usable(p.prorettype) AND NOT EXISTS (SELECT FROM unnest(p.proargtypes) AS a (kind) WHERE NOT pg_temp.usable(a.kind))
ORDER BY p.proname COLLATE "C", p.pronargs, pg_temp.n('pg_proc', p.oid)
