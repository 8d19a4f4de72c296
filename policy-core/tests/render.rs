//! A set in, SQL out: what each part of the surface becomes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at the first surprise"
)]

use policy_core::check::trusted;
use policy_core::model::{Expr, Node, Notate, PolicySet, SqlType, Table};
use policy_core::plan::{Index, plan};
use policy_core::render::{expr, quote, render};

#[cfg(feature = "testing")]
mod live;

const RICH: &str = include_str!("sets/rich.set");

fn read(text: &str) -> PolicySet {
    PolicySet::read(&Node::parse(text).unwrap()).unwrap()
}

/// A set of these items, with the roles `app`, `worker` and `svc`.
fn set(items: &str) -> PolicySet {
    read(&format!(
        "(set (name S) (owner owner) (target postgres) (versions (versions (oldest 14) (newest 18))) (items (
            (role (item App) (name app)) (role (item Worker) (name worker)) (role (item Svc) (name svc))
            (context (item C) (fields (
                (field (name tenant) (source (setting app.tenant)) (kind uuid))
                (field (name note) (source (setting app.note)) (kind text))
                (field (name ids) (source (setting app.ids)) (kind (uuid () yes)))
                (field (name sub) (source (claim request.jwt.claims (sub))) (kind uuid))
                (field (name mail) (source (claim request.jwt.claims (user_metadata \"e mail\"))) (kind text))
                (field (name teams) (source (claim request.jwt.claims (app_metadata teams))) (kind (bigint () yes)))
                (field (name meta) (source (claim request.jwt.claims (meta))) (kind jsonb)))))
            {items})))"
    ))
}

const COLUMNS: &str = "(columns (
    (column (field id) (name id) (kind bigint)) (column (field tenant) (name tenant) (kind uuid) (nullable yes))
    (column (field a) (name a) (kind integer)) (column (field tags) (name tags) (kind (text () yes)))
    (column (field order) (name order) (kind integer))))";

fn table(rest: &str) -> String {
    format!(
        "(table (item T) (relation (public t)) (context C) {COLUMNS} {rest}) (table (item M) (relation (app members)) {COLUMNS} (tenancy external))"
    )
}

const ALL: &str = "(all yes) (commands ((on (command select)) (on (command insert)) (on (command update)) (on (command delete))))";

/// Only what stands under the heading of `public.t`.
fn sql_of_table(rest: &str) -> String {
    let sql = render(&trusted(set(&table(rest)))).sql();
    let (_, section) = sql.split_once("-- table public.t\n").unwrap();
    section.to_owned()
}

fn predicate(notation: &str) -> String {
    let set = set(&table("(tenancy none)"));
    let table = set.tables().next().unwrap();
    expr::predicate(&Index::new(&set), table, &Expr::read(&Node::parse(notation).unwrap()).unwrap())
}

/// Statements without their comments; knows quotes and dollar quotes.
fn statements(sql: &str) -> Vec<String> {
    let (mut all, mut current, mut rest) = (Vec::new(), String::new(), sql);
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '-' if rest.starts_with("--") => {
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
                continue;
            }
            '\'' | '"' => rest[1..].find(c).unwrap() + 2,
            '$' if rest.starts_with("$hedgerow$") => rest[10..].find("$hedgerow$").unwrap() + 20,
            ';' => {
                all.push(std::mem::take(&mut current).trim().to_owned());
                rest = &rest[1..];
                continue;
            }
            _ => c.len_utf8(),
        };
        current.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    assert_eq!(current.trim(), "");
    all
}

#[test]
fn a_rich_set() {
    insta::assert_snapshot!(render(&trusted(read(RICH))).sql());
}

#[test]
fn the_same_set_gives_the_same_bytes() {
    let once = render(&trusted(read(RICH)));
    let again = render(&trusted(PolicySet::read(&Node::parse(&read(RICH).note().pretty()).unwrap()).unwrap()));
    assert_eq!(once.sql(), again.sql());
    assert!(once.sql().ends_with(";\n") && !once.sql().contains('\r') && !once.sql().contains("\n\n\n"));
    assert!(once.sql().lines().all(|line| line.trim_end() == line));
    let mut keys: Vec<_> = once.statements.iter().map(|s| &s.key).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), once.statements.len());
}

#[test]
fn what_sqlparser_knows_it_can_read() {
    let dialect = sqlparser::dialect::PostgreSqlDialect {};
    let mut read_again = 0;
    for statement in statements(&render(&trusted(read(RICH))).sql()) {
        // Kinds that it does not know, or not in every form.
        if ["GRANT ", "REVOKE ", "DO $", "ALTER DEFAULT PRIVILEGES ", "ALTER ROLE hr_app SET search_path "]
            .iter()
            .any(|kind| statement.starts_with(kind))
        {
            continue;
        }
        let parsed = sqlparser::parser::Parser::parse_sql(&dialect, &statement);
        assert_eq!(parsed.map(|all| all.len()), Ok(1), "{statement}");
        read_again += 1;
    }
    assert!(read_again > 50, "{read_again}");
}

#[test]
fn names_are_quoted_where_they_need_it() {
    for (name, written) in [
        ("documents", "documents"),
        ("_a1$", "_a1$"),
        ("tenantCode", "\"tenantCode\""),
        ("order", "\"order\""),
        ("user", "\"user\""),
        ("left", "\"left\""),
        ("timestamp", "\"timestamp\""),
        ("json", "\"json\""),
        ("a b", "\"a b\""),
        ("1a", "\"1a\""),
        ("$a", "\"$a\""),
        ("a\"; DROP", "\"a\"\"; DROP\""),
        ("é", "\"é\""),
        ("name", "name"),
        ("status", "status"),
    ] {
        assert_eq!(quote::ident(name), written);
    }
    for (text, written) in [("a", "'a'"), ("it's", "'it''s'"), ("\\", "E'\\\\'"), ("\\'", "E'\\\\'''"), ("a\nb", "E'a\\nb'"), ("", "''")] {
        assert_eq!(quote::literal(text), written);
    }
    for (kind, written) in [
        ("numeric(10,2)", "numeric(10, 2)"),
        ("timestamp(3) with time zone[]", "timestamptz(3)[]"),
        ("\"LeakStatus\"", "\"LeakStatus\""),
        ("app.status[]", "app.status[]"),
        ("\"char\"", "\"char\""),
    ] {
        assert_eq!(quote::sql_type(&SqlType::parse(kind).unwrap()), written);
    }
    assert_eq!(quote::sql_type(&SqlType::opaque("TenantId")), "\"TenantId\"");
}

#[test]
fn context_fields() {
    let all = ["tenant", "note", "ids", "sub", "mail", "teams", "meta", "absent"].map(|field| predicate(&format!("(ctx {field})")));
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn expressions() {
    let all = [
        // Brackets by precedence.
        "(and ((or ((self a) (self id))) (not (op = (self a) (number 1)))))",
        "(or ((and ((self a) (self id))) (self order)))",
        "(op * (op + (self a) (number 1)) (op - (number 2) (op - (number 3) (number 4))))",
        "(op = (op = (self a) (number 1)) true)",
        "(prefix - (prefix - (number 1)))",
        "(cast (prefix - (number 1)) integer)",
        "(op ^ (prefix - (number 2)) (number 2))",
        "(op \"->>\" (op -> (self a) (text b)) (text c))",
        "(op || (self a) (op || (self a) (self a)))",
        "(is (op = (self a) (number 1)) true yes)",
        "(distinct (self a) (number 1) yes)",
        "(not (exists (select (columns ((number 1))) (from ())) no))",
        "(between (self a) (op + (number 1) (number 2)) (collate (self a) C) no)",
        "(like \"SIMILAR TO\" (self a) (text \"a\\\\%\") \"\\\\\" yes)",
        "(in (self a) ((number 1) (number 2)) yes)",
        "(in (self tenant) ((ctx tenant)) yes)",
        "(case () (((op = (self a) (number 1)) true)) false)",
        "(call coalesce ((self a) (number 0)))",
        "(call position ((text a) (text b)))",
        "(subscript (call string_to_array ((text a) (text b))) (number 1))",
        "(subscript (self tags) (number 1))",
        "(slice (self tags) (number 1) (op + (self a) (number 1)))",
        "(at-time-zone (call now ()) (text UTC))",
        "(extract year (call now ()))",
        "(op > (call now ()) (op - (call now ()) (typed interval \"30 days\")))",
        "(typed jsonb \"{\\\"a\\\": \\\"it's\\\"}\")",
        "(cast (array ()) (text () yes))",
        "(op = (row ((self a) (self id))) (row ((number 1) (number 2))))",
        "(keyword current_user)",
        "(any (self tenant) = (ctx ids) no)",
        "(any (self a) <> (scalar (select (columns ((self tags))) (from ()))) yes)",
        "(op \"; DROP\" (self a) (number \"1 OR true\"))",
        "(op -- (self a) (keyword \"1; DROP\"))",
    ]
    .map(predicate);
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn memberships() {
    let query = |columns: &str, filter: &str| {
        format!("(select (columns ({columns})) (from ((from (source (table (app members))) (alias m)))) (filter {filter}))")
    };
    let all = [
        format!("(in-query (self a) {} no)", query("(column m a)", "(op = (column m tenant) (ctx tenant))")),
        format!("(in-query (self a) {} yes)", query("(column m a)", "(op = (column m tenant) (ctx tenant))")),
        // It names the row: evaluated for each.
        format!("(in-query (ctx tenant) {} no)", query("(column m tenant)", "(op = (column m a) (self a))")),
        // Two values, an array, an unknown function: as written.
        format!("(in-query (row ((self a) (self id))) {} no)", query("(column m a) (column m id)", "true")),
        format!("(in-query (self tags) {} no)", query("(column m tags)", "true")),
        format!("(in-query (self tags) {} no)", query("(call string_to_array ((column m a) (text x)))", "true")),
        format!("(any-query (self a) > {} yes)", query("(column m a)", "true")),
        // Inside another query: closed, or about the outer one's row.
        format!("(exists {} no)", query("(number 1)", &format!("(in-query (column m a) {} no)", query("(column m a)", "true").replace("alias m", "alias n").replace("column m", "column n")))),
        format!("(exists {} no)", query("(number 1)", "(in-query (column m a) (select (columns ((column n a))) (from ((from (source (table (app members))) (alias n)))) (filter (op = (column n id) (column m id)))) no)")),
    ]
    .map(|one| predicate(&one));
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn an_alias_does_not_capture_the_row() {
    let text = "(exists (select (columns ((number 1))) (from (
        (from (source (table (app members))) (alias t) (joins ((join (kind left) (source (table (public t))) (alias t_1) (on (op = (column t_1 id) (column t id)))))))))
        (filter (op = (column t a) (self a)))) yes)";
    insta::assert_snapshot!(predicate(text));
}

#[test]
fn rules_of_a_table_with_a_tenant() {
    let sql = sql_of_table(&format!(
        "(tenancy (own (op = (self tenant) (ctx tenant)) ()))
         (rules (
            (rule (kind permit) {ALL} (to ((role app))) (with_check (op > (self a) (number 0))))
            (rule (kind permit) (commands ((on (command insert)) (on (command update)))) (to ((role worker))) (name w)
              (using (op = (self a) (number 1))) (with_check (op = (self a) (number 2))))
            (rule (kind restrict) {ALL} (to (PUBLIC)) (using (op > (self id) (number 0))))))"
    ));
    insta::assert_snapshot!(sql);
}

#[test]
fn an_exempt_role_stays_floored_for_its_other_commands() {
    let sql = sql_of_table(
        "(tenancy (own (op = (self tenant) (ctx tenant)) ()))
         (rules (
            (rule (kind permit) (commands ((on (command select)))) (to ((role app))))
            (rule (kind permit) (commands ((on (command delete)))) (to ((role worker))))
            (rule (kind permit) (commands ((on (command select)))) (to ((role worker))) (across_tenants why))))",
    );
    insta::assert_snapshot!(sql);
}

#[test]
fn nobody_else_no_floor() {
    let sql = sql_of_table(
        "(tenancy (own (op = (self tenant) (ctx tenant)) ()))
         (rules ((rule (kind permit) (commands ((on (command select)))) (to ((role worker))) (across_tenants why))))",
    );
    assert!(!sql.contains("tenant_floor"), "{sql}");
}

#[test]
fn what_public_holds_every_other_role_is_floored_for() {
    let set = set(&table(
        "(tenancy (own (op = (self tenant) (ctx tenant)) ()))
         (rules (
            (rule (kind permit) (commands ((on (command select)))) (to (PUBLIC)))
            (rule (kind permit) (commands ((on (command select)))) (to ((role svc))) (across_tenants why))))",
    ));
    let plan = plan(set.tables().next().unwrap(), &set);
    let names: Vec<_> = plan.iter().map(|p| (p.name.as_str(), quote::grantees(&p.to))).collect();
    assert_eq!(
        names,
        [("tenant_floor", "app, worker".to_owned()), ("select_public", "PUBLIC".to_owned()), ("select_svc", "svc".to_owned())]
    );
}

#[test]
fn shared_rows_in_permits_and_floor_alike() {
    for shared in ["()", "(select insert update delete)", "(select delete)"] {
        let set = set(&table(&format!(
            "(tenancy (own (op = (self tenant) (ctx tenant)) {shared})) (rules ((rule (kind permit) {ALL} (to ((role app))))))"
        )));
        let table: &Table = set.tables().next().unwrap();
        let index = Index::new(&set);
        for one in plan(table, &set) {
            let text = expr::predicate(&index, table, one.using.as_ref().or(one.with_check.as_ref()).unwrap());
            let command = one.command.map_or("insert", |command| command.word());
            assert_eq!(text.ends_with("OR tenant IS NULL"), shared.contains(command), "{}: {text}", one.name);
            assert_eq!(one.command.is_none(), shared != "(select delete)");
        }
    }
}

#[test]
fn silence_on_a_table_without_a_tenant_is_no_row() {
    let sql = sql_of_table(&format!(
        "(tenancy none) (rules ((rule (kind permit) {ALL} (to ((role app))) (with_check true)) (rule (kind permit) (commands ((on (command select)))) (to ((role worker))))))"
    ));
    insta::assert_snapshot!(sql);
}

#[test]
fn policy_names() {
    let long = "x".repeat(70);
    let set = set(&table(&format!(
        "(tenancy none) (rules (
            (rule (kind permit) {ALL} (to ((role app) (role worker))) (using true))
            (rule (kind permit) (commands ((on (command select)))) (to (PUBLIC)) (using true))
            (rule (kind restrict) (commands ((on (command select)))) (to (PUBLIC)) (using true))
            (rule (kind permit) (commands ((on (command select)))) (to ((role app))) (using true) (name \"Adopted name\"))
            (rule (kind permit) (commands ((on (command select)) (on (command delete)))) (to ((role app))) (using true) (name two) (renamed_from one))
            (rule (kind permit) (commands ((on (command select)))) (to ((role app))) (using true) (name {long}))))"
    )));
    let names: Vec<String> = plan(set.tables().next().unwrap(), &set).iter().map(|p| p.name.to_string()).collect();
    insta::assert_snapshot!(names.join("\n"));
}

#[test]
fn grants_merge_and_all_means_the_four_row_commands() {
    let sql = sql_of_table(
        "(tenancy none)
         (rules (
            (rule (kind permit) (commands ((on (command select) (columns (tags id))) (on (command update) (columns (a))))) (to ((role app))) (using true))
            (rule (kind permit) (commands ((on (command select) (columns (id order))) (on (command update)))) (to ((role app))) (using true) (name more))))
         (grants ((grant (privileges ((all ()) (truncate ()))) (to ((role worker)))) (grant (privileges ((references (id)))) (to ((role app))))))",
    );
    let grants: Vec<&str> = sql.lines().filter(|line| line.starts_with("GRANT")).collect();
    insta::assert_snapshot!(grants.join("\n"));
}

#[test]
fn roles() {
    let set = set("(role (item A) (name \"a$hedgerow$b\") (login yes) (bypass_rls \"dumps\") (renamed_from old)
            (member_of ((member (role app) (inherit no) (set yes)) (member (role svc) (admin yes)) (member (role worker)))))
         (role (item X) (name x) (external yes) (login yes) (member_of ((member (role app)))))");
    let sql = render(&trusted(set)).sql();
    insta::assert_snapshot!(sql.split_once("-- role a$").unwrap().1);
}

#[test]
fn schemas() {
    let set = set(
        "(schema (item P) (name \"Api\")
            (grants (
                (grant (privileges (usage create)) (on schema) (to ((role app))))
                (grant (privileges (execute)) (on functions) (every yes) (to ((role app))))
                (grant (privileges (all)) (on tables) (every yes) (to ((role svc))))
                (grant (privileges (select)) (on tables) (to ((role worker))))))
            (revokes ((revoke (privileges (all)) (on tables) (from (PUBLIC (role worker)))) (revoke (privileges (execute)) (on routines) (from (PUBLIC)))))
            (defaults ((default (privileges (all)) (on sequences) (grantees ((role svc)))) (default (privileges (all)) (on tables) (grantees ((role svc)))))))
         (schema (item E) (name ext) (external yes) (grants ((grant (privileges (usage)) (on schema) (to ((role app)))))))
         (table (item T) (relation (Api t)) (tenancy none))",
    );
    let sql = render(&trusted(set)).sql();
    insta::assert_snapshot!(sql.split_once("-- schema").unwrap().1);
}

#[test]
fn a_renamed_table() {
    let sql = sql_of_table("(renamed_from (old s)) (tenancy none)");
    insta::assert_snapshot!(sql);
}

#[test]
fn citus_folds_what_the_shards_would_turn_around() {
    let mut set = set(&table(&format!(
        "(tenancy (own (op = (self tenant) (ctx tenant)) ()))
         (rules (
            (rule (kind permit) {ALL} (to ((role app))))
            (rule (kind restrict) (commands ((on (command delete)))) (to (PUBLIC)) (using (op > (self a) (number 0))))))"
    )));
    set.target = policy_core::model::Target::Citus;
    let sql = render(&trusted(set)).sql();
    insta::assert_snapshot!(sql.split_once("-- table public.t").unwrap().1);
}

#[cfg(feature = "testing")]
mod on_a_server {
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
}
