-- setup
CREATE TABLE authors (id bigint, name text, password_hash text, published bool);
INSERT INTO authors VALUES (1, 'Ada', 'x-hash', true);
-- as anon | fails: x-hash | passes: error 42501
SELECT password_hash FROM authors
-- as anon | fails: Ada | passes: Ada
SELECT name FROM authors
