-- The built-in casts.
SELECT concat_ws(' ', c.castsource, c.casttarget, c.castcontext, c.castmethod, c.castfunc)
FROM pg_cast AS c
JOIN pg_type AS s ON s.oid = c.castsource AND s.typnamespace = 'pg_catalog'::regnamespace
JOIN pg_type AS t ON t.oid = c.casttarget AND t.typnamespace = 'pg_catalog'::regnamespace
