-- setup
CREATE TABLE notes (id bigint, published bool);
INSERT INTO notes VALUES (1, true), (2, false)
-- as web | fails: 2 | passes: error 42501
SELECT count(*) FROM notes
-- as web | fails: 1 | passes: 1
SET LOCAL ROLE reading;
SELECT count(*) FROM notes
