-- setup
CREATE TABLE templates (id bigint, tenant_id uuid, text text);
INSERT INTO templates VALUES (1, NULL, 'hello')
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 1 rows | passes: 0 rows
UPDATE templates SET text = 'by tenant a'
-- as app app.tenant_id=bbbbbbbb-0000-0000-0000-000000000000 | fails: by tenant a | passes: hello
SELECT text FROM templates
