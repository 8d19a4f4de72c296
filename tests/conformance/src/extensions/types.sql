-- The types of the extension, in the form of the catalog's.
SELECT concat_ws(' ', 'type', pg_temp.n('pg_type', t.oid), t.typname, t.typtype, t.typcategory, CASE WHEN t.typispreferred THEN 'p' ELSE '-' END,
    pg_temp.n('pg_type', t.typelem), pg_temp.n('pg_type', t.typarray), 0, 0,
    CASE split_part(t.typsubscript::text, '.', -1) WHEN 'array_subscript_handler' THEN 'a' WHEN 'hstore_subscript_handler' THEN 'k' WHEN '-' THEN '-' ELSE '?' END,
    CASE WHEN t.typcollation <> 0 THEN 'c' ELSE '-' END, CASE WHEN t.typmodin <> 0 THEN 'm' ELSE '-' END,
    CASE WHEN i.proisstrict THEN 's' ELSE '-' END, t.typlen,
    CASE WHEN EXISTS (SELECT FROM pg_opclass AS o JOIN pg_amproc AS p ON p.amprocfamily = o.opcfamily AND p.amproclefttype = o.opcintype
        AND p.amprocrighttype = o.opcintype AND p.amprocnum = 4
        WHERE o.opcmethod = 403 AND o.opcintype = t.oid AND o.opcdefault AND p.amproc::text IN ('btequalimage', 'btvarstrequalimage')) THEN 'i' ELSE '-' END,
    CASE WHEN EXISTS (SELECT FROM pg_opclass AS o WHERE o.opcmethod = 403 AND o.opcintype = t.oid AND o.opcdefault) THEN 'b' ELSE '-' END,
    CASE WHEN EXISTS (SELECT FROM pg_opclass AS o WHERE o.opcmethod = 405 AND o.opcintype = t.oid AND o.opcdefault) THEN 'h' ELSE '-' END)
FROM number AS n
JOIN pg_type AS t ON t.oid = n.oid
JOIN pg_proc AS i ON i.oid = t.typinput
WHERE n.class = 'pg_type'::regclass
ORDER BY n.n
