-- The operators of the extension.
SELECT concat_ws(' ', 'operator', o.oprname, pg_temp.n('pg_type', o.oprleft), pg_temp.n('pg_type', o.oprright), pg_temp.n('pg_type', o.oprresult),
    pg_temp.n('pg_proc', o.oprcode),
    coalesce((SELECT string_agg(concat(pg_temp.n('pg_opfamily', a.amopfamily), ':', a.amopstrategy), ',' ORDER BY a.amopfamily, a.amopstrategy)
        FROM pg_amop AS a WHERE a.amopopr = o.oid AND a.amopmethod = 403 AND a.amoppurpose = 's'), '-'))
FROM member AS m
JOIN pg_operator AS o ON o.oid = m.objid
WHERE m.classid = 'pg_operator'::regclass AND o.oprcode <> 0
ORDER BY o.oprname COLLATE "C", pg_temp.n('pg_type', o.oprleft), pg_temp.n('pg_type', o.oprright)
