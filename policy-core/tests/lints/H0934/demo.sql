-- setup
CREATE TABLE drafts (id bigint, author uuid, status text);
INSERT INTO drafts VALUES (1, '11111111-0000-0000-0000-000000000000', 'draft')
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: 1 rows | passes: error 42501
UPDATE drafts SET author = '22222222-0000-0000-0000-000000000000' WHERE id = 1
