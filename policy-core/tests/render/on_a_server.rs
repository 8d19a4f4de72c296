//! The same on a server: what PostgreSQL makes of the text.

use super::live::{A, B, apply, block_on, catalog, database, refused, run, same, text};
use super::*;

/// The rich set with role names of its own.
fn rich(prefix: &str) -> String {
    render(&trusted(read(&RICH.replace("hr_", &format!("{prefix}_")).replace("hr Reporter", &format!("{prefix} Reporter"))))).sql()
}

#[test]
fn applied_twice_it_changes_nothing() {
    block_on(async {
        let (database, mut admin, mut migrator) = database("rt").await;
        apply(&mut migrator, &rich("rt")).await;
        let once = catalog(&mut admin, "rt").await;
        apply(&mut migrator, &rich("rt")).await;
        same(&once, &catalog(&mut admin, "rt").await);
        // Every option that is wrong is put right, where the migrator may.
        run(&mut admin, "ALTER ROLE rt_app INHERIT CONNECTION LIMIT 3; ALTER TABLE documents DISABLE ROW LEVEL SECURITY").await;
        run(&mut admin, "GRANT ALL ON documents TO rt_app, PUBLIC; GRANT ALL ON \"events 2026\" TO rt_app").await;
        apply(&mut migrator, &rich("rt")).await;
        same(&once, &catalog(&mut admin, "rt").await);
        database.drop().await.unwrap();
    });
}

#[test]
fn each_role_sees_its_rows() {
    block_on(async {
        let (database, mut admin, mut migrator) = database("rs").await;
        apply(&mut migrator, &rich("rs")).await;
        run(
            &mut admin,
            format!(
                "INSERT INTO documents VALUES ('{A}', '{A}', '{A}', 'open', 'a'), ('{B}', '{B}', '{B}', 'open', 'b');
             INSERT INTO reviewing VALUES ('{A}', '{B}');
             INSERT INTO tasks (document_id, team_id) VALUES ('{A}', NULL), ('{A}', '{A}'), ('{A}', '{B}'), ('{B}', NULL);
             INSERT INTO email_queue (tenant_id, subject, status) VALUES ('{A}', 'a', 'new'), ('{B}', 'b', 'new');
             INSERT INTO tokens (tenant_id, email) VALUES ('{A}', 'a'), ('{B}', 'b'), (NULL, 'c');
             INSERT INTO events VALUES ('{A}', '2026-01-02'), ('{B}', '2026-01-03');
             INSERT INTO \"FundingRecord\" VALUES ('1', 'CL', 1), ('2', 'UY', 2), ('3', '', 3);
             INSERT INTO pages VALUES (1, true), (2, false); INSERT INTO countries VALUES ('CL')"
            ),
        )
        .await;
        let tables = ["documents", "tasks", "email_queue", "tokens", "events", "\"FundingRecord\"", "pages", "countries"];
        let count = tables.map(|table| format!("(SELECT count(1) FROM {table})")).join(", ");
        let seen = format!("SELECT concat_ws(' ', {count})");
        run(&mut admin, "SET ROLE rs_app").await;
        let fresh = text(&mut admin, seen.as_str()).await;
        // No context; after a context that ended, the same.
        assert_eq!(fresh, "0 0 0 1 0 0 1 1");
        let context = |tenant: &str, teams: &str| {
            format!(
                "SET LOCAL app.tenant_id = '{tenant}'; SET LOCAL app.user_id = '{tenant}'; SET LOCAL app.team_ids = '{teams}'; SET LOCAL app.current_tenant = 'CL'"
            )
        };
        for end in ["COMMIT", "ROLLBACK"] {
            run(&mut admin, format!("BEGIN; {}", context(A, &format!("{{{B}}}")))).await;
            assert_eq!(text(&mut admin, seen.as_str()).await, "1 2 1 2 1 1 1 1");
            run(&mut admin, end).await;
            assert_eq!(text(&mut admin, seen.as_str()).await, fresh);
        }
        run(&mut admin, format!("BEGIN; {}", context(A, ""))).await;
        assert_eq!(text(&mut admin, seen.as_str()).await, "1 1 1 2 1 1 1 1");
        run(
            &mut admin,
            format!("INSERT INTO documents VALUES (gen_random_uuid(), '{A}', '{A}', 'open', 'c'); UPDATE documents SET title = 'x'"),
        )
        .await;
        run(&mut admin, "INSERT INTO tokens (tenant_id, email) VALUES (current_setting('app.tenant_id')::uuid, 'd')").await;
        for bad in [
            format!("INSERT INTO documents VALUES (gen_random_uuid(), '{B}', '{A}', 'open', 'c')"),
            format!("UPDATE documents SET tenant_id = '{B}'"),
            format!("UPDATE email_queue SET tenant_id = '{B}'"),
            "INSERT INTO tokens (tenant_id, email) VALUES (NULL, 'd')".to_owned(),
            format!("INSERT INTO tasks (document_id) VALUES ('{B}')"),
            "SELECT FROM \"events 2026\"".to_owned(),
            "SELECT FROM \"events 2026-01\"".to_owned(),
            "SELECT * FROM \"FundingRecord\" WHERE false FOR UPDATE".to_owned(),
            "TRUNCATE documents".to_owned(),
        ] {
            run(&mut admin, "SAVEPOINT s").await;
            assert_eq!(refused(&mut admin, bad.as_str()).await, "42501", "{bad}");
            run(&mut admin, "ROLLBACK TO s").await;
        }
        run(&mut admin, "ROLLBACK; SET ROLE rs_worker").await;
        assert_eq!(text(&mut admin, "SELECT count(*)::text FROM email_queue").await, "2");
        run(&mut admin, "UPDATE email_queue SET status = 'sent'").await;
        assert_eq!(refused(&mut admin, "DELETE FROM email_queue").await, "42501");
        run(
            &mut admin,
            format!("RESET ROLE; SET ROLE \"rs Reporter\"; BEGIN; SET LOCAL app.tenant_id = '{A}'; SET LOCAL app.user_id = '{B}'"),
        )
        .await;
        assert_eq!(text(&mut admin, "SELECT title FROM documents").await, "a");
        run(&mut admin, format!("SET LOCAL app.user_id = '{A}'")).await;
        assert_eq!(text(&mut admin, "SELECT title FROM documents").await, "");
        run(&mut admin, "ROLLBACK; RESET ROLE; SET ROLE rs_owner").await;
        assert_eq!(text(&mut admin, "SELECT count(*)::text FROM documents").await, "0");
        database.drop().await.unwrap();
    });
}

const T: &str =
    "CREATE TABLE t (id bigint, tenant uuid, a int, tags text[], \"order\" int); CREATE SCHEMA app; CREATE TABLE app.members (LIKE t);
    INSERT INTO t SELECT n, NULL, nullif(n % 5, 0), ARRAY['x'], n % 3 FROM generate_series(1, 40) n;
    INSERT INTO app.members VALUES (1, NULL, 1, '{x}', 1), (2, NULL, 2, NULL, NULL), (3, NULL, NULL, '{y}', 2)";

#[test]
fn context_fields_are_read_once_for_a_statement() {
    block_on(async {
        let database = policy_core::testing::Server::shared().unwrap().database().await.unwrap();
        let mut admin = database.connect(database.superuser()).await.unwrap();
        run(&mut admin, T).await;
        let membership = "(in-query (self a) (select (columns ((column m a))) (from ((from (source (table (app members))) (alias m)))) (filter (op = (column m tenant) (ctx tenant)))) no)";
        for one in [
            "(op = (self tenant) (ctx tenant))",
            "(any (self tenant) = (ctx ids) no)",
            "(any (self id) = (ctx teams) no)",
            "(op = (self tenant) (ctx sub))",
            "(op = (ctx mail) (cast (self a) text))",
            "(op @> (ctx meta) (cast (cast (self a) text) jsonb))",
            membership,
        ] {
            let plan = text(&mut admin, format!("EXPLAIN SELECT FROM t WHERE {}", predicate(one))).await;
            assert!(plan.contains("InitPlan") && !plan.contains("SubPlan"), "{plan}");
        }
        let value = |field: &str| format!("SELECT {}::text", predicate(&format!("(ctx {field})")));
        for (claims, teams, sub, meta) in [
            ("", "NULL", "NULL", "NULL"),
            ("{}", "NULL", "NULL", "NULL"),
            (r#"{"sub": "", "app_metadata": {"teams": null}, "meta": {"a": 1}}"#, "NULL", "NULL", r#"{"a": 1}"#),
            (r#"{"sub": "aaaaaaaa-0000-0000-0000-000000000000", "app_metadata": {"teams": [1, "2", null]}}"#, "{1,2,NULL}", A, "NULL"),
            (r#"{"app_metadata": {"teams": []}}"#, "{}", "NULL", "NULL"),
            (r#"{"app_metadata": {"teams": "1"}}"#, "NULL", "NULL", "NULL"),
        ] {
            run(&mut admin, format!("SET request.jwt.claims = {}", quote::literal(claims))).await;
            for (field, expected) in [("teams", teams), ("sub", sub), ("meta", meta)] {
                assert_eq!(text(&mut admin, value(field)).await, expected, "{field} in {claims}");
            }
        }
        run(&mut admin, r#"SET request.jwt.claims = '{"user_metadata": {"e mail": "x@y"}}'"#).await;
        assert_eq!(text(&mut admin, value("mail")).await, "x@y");
        database.drop().await.unwrap();
    });
}

#[test]
fn memberships_keep_their_truth_table() {
    block_on(async {
        let database = policy_core::testing::Server::shared().unwrap().database().await.unwrap();
        let mut admin = database.connect(database.superuser()).await.unwrap();
        run(&mut admin, T).await;
        // With and without NULLs among the values, and no values at all.
        for filter in ["true", "(is (column m a) null yes)", "false"] {
            let sql = ["m.a IS NOT NULL", "true", "false"][if filter == "true" { 1 } else { usize::from(filter == "false") * 2 }];
            for (not, word) in [("no", ""), ("yes", "NOT ")] {
                let ours = predicate(&format!(
                    "(in-query (self a) (select (columns ((column m a))) (from ((from (source (table (app members))) (alias m)))) (filter {filter})) {not})"
                ));
                assert!(ours.contains("(ARRAY("), "{ours}");
                let theirs = format!("a {word}IN (SELECT m.a FROM app.members m WHERE {sql})");
                let differ = format!("SELECT count(*)::text FROM t WHERE ({ours}) IS DISTINCT FROM ({theirs})");
                assert_eq!(text(&mut admin, differ).await, "0", "{ours}");
            }
        }
        database.drop().await.unwrap();
    });
}

/// Small numbers in a fixed order, so that a failure comes again.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[test]
fn every_name_and_text_comes_back() {
    block_on(async {
        let database = policy_core::testing::Server::shared().unwrap().database().await.unwrap();
        let mut admin = database.connect(database.superuser()).await.unwrap();
        let mut words: Vec<String> = text(&mut admin, "SELECT word FROM pg_get_keywords()").await.lines().map(str::to_owned).collect();
        let pieces = ["a", "B", "1", "_", "$", "'", "\"", "\\", ";", " ", "\n", "\t", "é", "--", "/*", "$$", "%", "n'", "\r"];
        let mut numbers = Numbers(7);
        for _ in 0..300 {
            words.push((0..=numbers.below(6)).map(|_| pieces[usize::try_from(numbers.below(pieces.len() as u64)).unwrap()]).collect());
        }
        for conforming in ["on", "off"] {
            run(&mut admin, format!("SET standard_conforming_strings = {conforming}; SET escape_string_warning = off")).await;
            for word in &words {
                assert_eq!(&text(&mut admin, format!("SELECT {}", quote::literal(word))).await, word);
            }
        }
        run(&mut admin, "SET standard_conforming_strings = on").await;
        for word in &words {
            let name = quote::ident(word);
            // As a table, a column, an alias, a policy.
            run(&mut admin, format!(
                "BEGIN; CREATE TABLE public.{name} ({name} int);
                 CREATE POLICY {name} ON public.{name} USING ({name} = 1 AND EXISTS (SELECT 1 FROM public.{name} AS z WHERE z.{name} = {name}.{name}));
                 SELECT {name} FROM public.{name}; SELECT {name}.{name} FROM public.{name} AS {name}"
            )).await;
            assert_eq!(&text(&mut admin, "SELECT polname::text FROM pg_policy").await, word);
            run(&mut admin, "ROLLBACK").await;
        }
        database.drop().await.unwrap();
    });
}

/// A random expression: its notation, and SQL with every pair of brackets.
fn tree(numbers: &mut Numbers, depth: u64, truth: bool) -> (String, String) {
    let pick = if depth == 0 { 0 } else { numbers.below(8) + 1 };
    let mut sub = |truth| tree(numbers, depth.saturating_sub(1), truth);
    if truth {
        let word = ["=", "<>", "<", ">="][usize::try_from(pick % 4).unwrap()];
        return match pick {
            0 => ("(is (self a) null no)".to_owned(), "(a IS NULL)".to_owned()),
            1 | 2 => {
                let ((a, x), (b, y), (c, z)) = (sub(true), sub(true), sub(true));
                let (word, sql) = if pick == 1 { ("and", "AND") } else { ("or", "OR") };
                (format!("({word} ({a} {b} {c}))"), format!("({x} {sql} {y} {sql} {z})"))
            }
            3 => {
                let (a, x) = sub(true);
                (format!("(not {a})"), format!("(NOT {x})"))
            }
            4 => {
                let (a, x) = sub(true);
                (format!("(is {a} true yes)"), format!("({x} IS NOT TRUE)"))
            }
            5 => {
                let ((a, x), (b, y)) = (sub(true), sub(true));
                (format!("(distinct {a} {b} no)"), format!("({x} IS DISTINCT FROM {y})"))
            }
            6 => {
                let ((a, x), (b, y), (c, z)) = (sub(false), sub(false), sub(false));
                (format!("(between {a} {b} {c} yes)"), format!("({x} NOT BETWEEN {y} AND {z})"))
            }
            7 => {
                let ((a, x), (b, y), (c, z)) = (sub(false), sub(false), sub(false));
                (format!("(in {a} ({b} {c}) no)"), format!("({x} IN ({y}, {z}))"))
            }
            _ => {
                let ((a, x), (b, y)) = (sub(false), sub(false));
                (format!("(op {word} {a} {b})"), format!("({x} {word} {y})"))
            }
        };
    }
    let word = ["+", "-", "*", "/", "%", "#", "<<", "|"][usize::try_from(pick % 8).unwrap()];
    match pick {
        0 => ("(self a)".to_owned(), "a".to_owned()),
        1 => ("(number 2)".to_owned(), "2".to_owned()),
        2 => {
            let (a, x) = sub(false);
            (format!("(prefix - {a})"), format!("(-{x})"))
        }
        3 => {
            let (a, x) = sub(false);
            (format!("(cast {a} integer)"), format!("({x}::integer)"))
        }
        4 => {
            let ((c, z), (a, x), (b, y)) = (sub(true), sub(false), sub(false));
            (format!("(case () (({c} {a})) {b})"), format!("(CASE WHEN {z} THEN {x} ELSE {y} END)"))
        }
        5 => {
            let (a, x) = sub(false);
            (format!("(prefix ~ {a})"), format!("(~ {x})"))
        }
        _ => {
            let ((a, x), (b, y)) = (sub(false), sub(false));
            (
                format!("(op {} {a} {b})", if word == "#" || word == "|" { format!("\"{word}\"") } else { word.to_owned() }),
                format!("({x} {word} {y})"),
            )
        }
    }
}

#[test]
fn postgresql_reads_the_brackets_as_meant() {
    block_on(async {
        let database = policy_core::testing::Server::shared().unwrap().database().await.unwrap();
        let mut admin = database.connect(database.superuser()).await.unwrap();
        run(&mut admin, T).await;
        let mut numbers = Numbers(11);
        for _ in 0..300 {
            let (notation, brackets) = tree(&mut numbers, 4, true);
            let mut read = Vec::new();
            for sql in [predicate(&notation), brackets] {
                run(&mut admin, format!("CREATE OR REPLACE TEMP VIEW v AS SELECT 1 FROM t WHERE {sql}")).await;
                read.push((text(&mut admin, "SELECT pg_get_viewdef('v'::regclass)").await, sql));
            }
            assert_eq!(read[0].0, read[1].0, "{}\n{}", read[0].1, read[1].1);
        }
        database.drop().await.unwrap();
    });
}
