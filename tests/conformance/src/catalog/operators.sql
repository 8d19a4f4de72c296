-- The built-in operators, with the btree strategies that they implement.
SELECT concat_ws(' ', o.oprname, o.oprleft, o.oprright, o.oprresult, o.oprcode::oid,
    coalesce((SELECT string_agg(concat(a.amopfamily, ':', a.amopstrategy), ',' ORDER BY a.amopfamily, a.amopstrategy)
        FROM pg_amop AS a WHERE a.amopopr = o.oid AND a.amopmethod = 403 AND a.amoppurpose = 's'), '-'))
FROM pg_operator AS o
WHERE o.oprnamespace = 'pg_catalog'::regnamespace AND o.oprcode <> 0
