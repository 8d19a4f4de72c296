-- The casts of the extension.
SELECT concat_ws(' ', 'cast', pg_temp.n('pg_type', c.castsource), pg_temp.n('pg_type', c.casttarget), c.castcontext, c.castmethod,
    pg_temp.n('pg_proc', c.castfunc))
FROM member AS m
JOIN pg_cast AS c ON c.oid = m.objid
WHERE m.classid = 'pg_cast'::regclass
ORDER BY pg_temp.n('pg_type', c.castsource), pg_temp.n('pg_type', c.casttarget)
