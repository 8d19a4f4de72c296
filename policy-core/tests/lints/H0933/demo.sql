-- setup
CREATE TABLE notices (id bigint, title text, published bool);
INSERT INTO notices VALUES (1, 'open day', true)
-- as stranger | fails: open day | passes: error 42501
SELECT title FROM shown
