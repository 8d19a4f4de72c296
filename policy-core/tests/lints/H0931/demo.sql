-- setup
CREATE TABLE documents (id bigint);
INSERT INTO documents VALUES (1)
-- as stranger | fails: 1 | passes: error 42501
SELECT documents_in_all()
