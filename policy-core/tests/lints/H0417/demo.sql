-- setup
CREATE TABLE documents (id uuid, tenant_id uuid, owner_id uuid, editor_id uuid, status text);
INSERT INTO documents VALUES ('11111111-0000-0000-0000-000000000000', 'aaaaaaaa-0000-0000-0000-000000000000',
    '11111111-0000-0000-0000-000000000000', '22222222-0000-0000-0000-000000000000', 'draft')
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 app.user_id=11111111-0000-0000-0000-000000000000 | fails: 1 rows | passes: error 42501
UPDATE documents SET status = 'public'
