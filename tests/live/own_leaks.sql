SELECT l.id, l.source, o.title AS other
FROM leaks l
LEFT JOIN leaks o ON o.id = l.id + 1
WHERE l.tenant = ctx.tenant;
