-- setup
CREATE TABLE invoices_of_2019 (id uuid);
INSERT INTO invoices_of_2019 VALUES (gen_random_uuid());
-- as app | fails: 1 | passes: error 42501
SELECT count(*) FROM invoices_of_2019
