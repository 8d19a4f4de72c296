-- setup
CREATE TABLE documents (id bigint, tenant_id uuid, created_by uuid);
INSERT INTO documents VALUES
    (1, 'aaaaaaaa-0000-0000-0000-000000000000', '11111111-0000-0000-0000-000000000000'),
    (2, 'aaaaaaaa-0000-0000-0000-000000000000', '22222222-0000-0000-0000-000000000000');
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 app.user_id=11111111-0000-0000-0000-000000000000 | fails: error 42501 | passes: 1 rows
DELETE FROM documents
