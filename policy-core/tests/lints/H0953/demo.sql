-- setup
CREATE TABLE mails (id bigint, tenant_id uuid, status text);
INSERT INTO mails VALUES (1, 'aaaaaaaa-0000-0000-0000-000000000000', 'new')
-- as worker | fails: 1 rows | passes: error 42501
UPDATE mails SET tenant_id = 'bbbbbbbb-0000-0000-0000-000000000000'
-- as worker | fails: 1 rows | passes: 1 rows
UPDATE mails SET status = 'sent'
