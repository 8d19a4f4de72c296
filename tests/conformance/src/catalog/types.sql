-- The built-in types: none that a table brings with it, and no arrays of those.
SELECT concat_ws(' ', t.oid, t.typname, t.typtype, t.typcategory, CASE WHEN t.typispreferred THEN 'p' ELSE '-' END, t.typelem, t.typarray,
    coalesce(r.rngsubtype, 0), coalesce(r.rngmultitypid, 0),
    CASE t.typsubscript::text WHEN 'array_subscript_handler' THEN 'a' WHEN 'raw_array_subscript_handler' THEN 'r' WHEN 'jsonb_subscript_handler' THEN 'j'
        WHEN '-' THEN '-' ELSE '?' END,
    CASE WHEN t.typcollation <> 0 THEN 'c' ELSE '-' END, CASE WHEN t.typmodin <> 0 THEN 'm' ELSE '-' END,
    CASE WHEN i.proisstrict THEN 's' ELSE '-' END, t.typlen,
    CASE WHEN EXISTS (SELECT FROM pg_opclass AS o JOIN pg_amproc AS p ON p.amprocfamily = o.opcfamily AND p.amproclefttype = o.opcintype
        AND p.amprocrighttype = o.opcintype AND p.amprocnum = 4
        WHERE o.opcmethod = 403 AND o.opcintype = t.oid AND o.opcdefault AND p.amproc::text IN ('btequalimage', 'btvarstrequalimage')) THEN 'i' ELSE '-' END,
    CASE WHEN EXISTS (SELECT FROM pg_opclass AS o WHERE o.opcmethod = 403 AND o.opcintype = t.oid AND o.opcdefault) THEN 'b' ELSE '-' END,
    CASE WHEN EXISTS (SELECT FROM pg_opclass AS o WHERE o.opcmethod = 405 AND o.opcintype = t.oid AND o.opcdefault) THEN 'h' ELSE '-' END)
FROM pg_type AS t
JOIN pg_proc AS i ON i.oid = t.typinput
LEFT JOIN pg_range AS r ON r.rngtypid = t.oid
LEFT JOIN pg_type AS e ON e.oid = t.typelem
WHERE t.typnamespace = 'pg_catalog'::regnamespace AND t.typrelid = 0 AND coalesce(e.typrelid, 0) = 0
