-- setup
CREATE TABLE documents (id bigint, tenant_id uuid);
CREATE TABLE attachments (id bigint, tenant_id uuid, deleted bool);
INSERT INTO attachments VALUES (1, 'bbbbbbbb-0000-0000-0000-000000000000', false)
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 1 | passes: 0
SELECT count(*) FROM attachments
