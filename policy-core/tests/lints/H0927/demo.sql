-- setup
-- as owner | fails: 1 rows | passes: 1 rows
CREATE TABLE documents_backup (id bigint);
INSERT INTO documents_backup VALUES (1)
-- as app | fails: 1 | passes: error 42501
SELECT count(*) FROM documents_backup
