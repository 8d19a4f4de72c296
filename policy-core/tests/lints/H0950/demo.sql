-- before
CREATE ROLE stranger
-- setup
-- as web | fails: 0 rows | passes: error 42501
GRANT editing TO stranger
