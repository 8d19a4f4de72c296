-- setup
CREATE SCHEMA work
-- as app | fails: 0 rows | passes: error 42501
CREATE TABLE work.copies (id bigint)
