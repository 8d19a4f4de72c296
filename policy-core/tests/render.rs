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

#[path = "render/checklist.rs"]
mod checklist;
#[cfg(feature = "testing")]
mod live;
#[path = "render/names.rs"]
mod names;

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
        // A function that answers for the caller, and one that is asked about the row.
        "(any (self a) = (routine (named (app my_teams)) ()) no)".to_owned(),
        "(any (self a) <> (routine (named (app teams_of)) ((ctx tenant))) yes)".to_owned(),
        "(any (self a) = (routine (named (app beside)) ((self id))) no)".to_owned(),
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
#[path = "render/on_a_server.rs"]
mod on_a_server;
