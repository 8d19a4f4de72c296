-- setup
CREATE TABLE payment_audit (id bigint, tenant_id uuid, what text);
INSERT INTO payment_audit VALUES (1, 'aaaaaaaa-0000-0000-0000-000000000000', 'paid out twice')
-- as app app.tenant_id=aaaaaaaa-0000-0000-0000-000000000000 | fails: 1 rows | passes: error 42501
DELETE FROM payment_audit
