-- setup
CREATE TABLE prices (item text, cents bigint);
INSERT INTO prices VALUES ('tea', 250);
-- as app | fails: 1 | passes: 1
SELECT count(*) FROM prices
-- as stranger | fails: 1 | passes: error 42501
SELECT count(*) FROM prices
