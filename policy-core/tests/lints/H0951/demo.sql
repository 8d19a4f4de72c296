-- setup
CREATE TABLE notes (id bigint, author uuid);
INSERT INTO notes VALUES (1, '11111111-0000-0000-0000-000000000000'), (2, '22222222-0000-0000-0000-000000000000')
-- as app app.user_id=11111111-0000-0000-0000-000000000000 | fails: 1 | passes: 1
SET plan_cache_mode = force_generic_plan;
PREPARE mine AS SELECT id FROM notes;
EXECUTE mine
-- as app app.user_id=22222222-0000-0000-0000-000000000000 | fails: 1 | passes: 2
EXECUTE mine
