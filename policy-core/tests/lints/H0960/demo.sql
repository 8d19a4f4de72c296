-- setup
CREATE TABLE accounts (id bigint, holder text);
INSERT INTO accounts VALUES (1, 'app')
-- as app app.holder=app | fails: 0 | passes: 1
SELECT my_accounts()
