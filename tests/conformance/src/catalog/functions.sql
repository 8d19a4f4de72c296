-- The built-in functions, aggregates and window functions. From 10000 on initdb gives the numbers, and they differ between installations.
SELECT concat_ws(' ', p.oid, p.proname, p.prokind, CASE WHEN p.proretset THEN 's' ELSE '-' END, p.provolatile,
    CASE WHEN p.proisstrict THEN 's' ELSE '-' END, CASE WHEN p.proleakproof THEN 'l' ELSE '-' END, p.provariadic, p.pronargdefaults, p.prorettype,
    coalesce(nullif(replace(p.proargtypes::text, ' ', ','), ''), '-'),
    coalesce((SELECT CASE WHEN bool_or(a.name <> '') THEN string_agg(a.name, ',' ORDER BY a.n) END
        FROM unnest(p.proargnames, p.proargmodes) WITH ORDINALITY AS a (name, mode, n)
        WHERE coalesce(a.mode, 'i') IN ('i', 'b', 'v') AND (p.proargmodes IS NOT NULL OR a.n <= p.pronargs)), '-'))
FROM pg_proc AS p
WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind IN ('f', 'a', 'w')
    AND p.oid < 10000
