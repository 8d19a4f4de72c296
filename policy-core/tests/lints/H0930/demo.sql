-- setup
CREATE SCHEMA work;
CREATE TABLE documents (id bigint);
INSERT INTO documents VALUES (1)
-- as app | fails: 0 rows | passes: 0 rows
CREATE TABLE work.documents (id bigint);
GRANT SELECT ON work.documents TO reader
-- as app | fails: 0 | passes: 1
SELECT documents_in_all()
