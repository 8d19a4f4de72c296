//! Memberships: every form of one has the truth table of plain SQL, in USING and in WITH CHECK.

use hedgerow::{Context, Policy, Role, Schema, policy_set};

use super::support::{lines, text, tried};
use super::world::{World, everywhere, say};

#[derive(Context)]
#[context(prefix = "lm")]
pub struct Caller {
    pub user: i32,
}

#[derive(Role)]
#[role(name = "lm_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "lm_app", login, noinherit)]
pub struct App;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = App))]
pub struct Main;

/// Who is in which team of which organisation; everything can be unknown.
#[derive(Policy)]
#[policy(table = "members", context = Caller, no_tenant, permit(select, to = App, using(member = ctx.user)))]
pub struct Member {
    pub org: Option<i32>,
    pub team: Option<i32>,
    pub member: Option<i32>,
    pub admin: bool,
}

/// A table of rows of every kind under one predicate, for reading and for writing.
macro_rules! forms {
    ($($form:ident $table:tt ($($predicate:tt)*))*) => {
        $(
            #[derive(Policy)]
            #[policy(table = $table, context = Caller, no_tenant, permit(select, insert, to = App, using($($predicate)*)))]
            pub struct $form {
                pub id: i32,
                pub org: Option<i32>,
                pub team: Option<i32>,
                pub owner: i32,
                pub hidden: bool,
            }
        )*
        policy_set! {
            pub FORMS { owner: Owner, items: [Owner, App, Caller, Main, Member, $($form),*] }
        }
        const FORM_TABLES: &[&str] = &[$($table),*];
    };
}

forms! {
    In "f_in" (team IN (SELECT m.team FROM Member m WHERE m.member = ctx.user))
    NotIn "f_not_in" (team NOT IN (SELECT m.team FROM Member m WHERE m.member = ctx.user))
    NegatedIn "f_negated" (NOT (team IN (SELECT m.team FROM Member m WHERE m.member = ctx.user) OR owner = ctx.user))
    Either "f_either" (owner = ctx.user OR team IN (SELECT m.team FROM Member m WHERE m.member = ctx.user AND m.admin))
    Nested "f_nested" (
        (NOT hidden AND team IN (SELECT m.team FROM Member m WHERE m.member = ctx.user))
        OR (org IN (SELECT o.org FROM Member o WHERE o.member = ctx.user AND o.admin)
            AND (hidden OR team NOT IN (SELECT n.team FROM Member n WHERE n.member = ctx.user)))
    )
    Pairs "f_pairs" ((org, team) IN (SELECT m.org, m.team FROM Member m WHERE m.member = ctx.user))
    NotPairs "f_not_pairs" ((org, team) NOT IN (SELECT m.org, m.team FROM Member m WHERE m.member = ctx.user))
    AllOf "f_all" (team <> ALL (SELECT m.team FROM Member m WHERE m.member = ctx.user))
    AnyOf "f_any" (team >= ANY (SELECT m.team FROM Member m WHERE m.member = ctx.user))
    OfTheRow "f_row" (ctx.user IN (SELECT m.member FROM Member m WHERE m.team = self.team))
    Twice "f_twice" (team IN (SELECT m.team FROM Member m WHERE m.member = ctx.user AND m.org IN (SELECT o.org FROM Member o WHERE o.admin)))
    Unknown "f_unknown" ((team IN (SELECT m.team FROM Member m WHERE m.member = ctx.user)) IS NOT TRUE)
    Exists "f_exists" (EXISTS (SELECT 1 FROM Member m WHERE m.team = self.team AND m.member = ctx.user))
}

/// The same predicates as a superuser writes them: plain SQL, `@` for the caller.
const PLAIN: &[&str] = &[
    "team IN (SELECT team FROM mine)",
    "team NOT IN (SELECT team FROM mine)",
    "NOT (team IN (SELECT team FROM mine) OR owner = @)",
    "owner = @ OR team IN (SELECT team FROM mine WHERE admin)",
    "(NOT hidden AND team IN (SELECT team FROM mine))
        OR (org IN (SELECT org FROM mine WHERE admin) AND (hidden OR team NOT IN (SELECT team FROM mine)))",
    "(org, team) IN (SELECT org, team FROM mine)",
    "(org, team) NOT IN (SELECT org, team FROM mine)",
    "team NOT IN (SELECT team FROM mine)",
    "team >= ANY (SELECT team FROM mine)",
    "@ IN (SELECT member FROM mine WHERE mine.team = f.team)",
    "team IN (SELECT team FROM mine WHERE org IN (SELECT org FROM mine WHERE admin))",
    "(team IN (SELECT team FROM mine)) IS NOT TRUE",
    "EXISTS (SELECT FROM mine WHERE mine.team = f.team)",
];

/// Every combination of what a row can hold.
const ROWS: &str = "SELECT row_number() OVER () AS id, org, team, owner, hidden
    FROM unnest(ARRAY[NULL, 1, 2]) AS org, unnest(ARRAY[NULL, 1, 2, 3]) AS team, unnest(ARRAY[1, 2]) AS owner, unnest(ARRAY[true, false]) AS hidden";

async fn world(server: &hedgerow::testing::Server) -> World {
    let table = |name: &&str| format!("CREATE TABLE {name} (id int, org int, team int, owner int NOT NULL, hidden boolean NOT NULL);");
    let members = "CREATE TABLE members (org int, team int, member int, admin boolean NOT NULL);";
    let tables = members.to_owned() + &FORM_TABLES.iter().map(table).collect::<String>();
    let rows = "INSERT INTO members VALUES (1, 1, 1, true), (1, 2, 1, false), (1, 1, 2, false), (2, NULL, 2, true), (NULL, NULL, 3, true),
        (NULL, 3, NULL, true), (2, 2, 5, true), (NULL, 1, 5, false);";
    let fill = |name: &&str| format!("INSERT INTO {name} {ROWS};");
    World::new(server, "lm", &FORMS, &tables, &(rows.to_owned() + &FORM_TABLES.iter().map(fill).collect::<String>())).await
}

/// The rows that a caller reads, and those that it may write, are those that plain SQL finds.
#[test]
fn every_form_has_the_truth_table_of_plain_sql() {
    assert_eq!(FORM_TABLES.len(), PLAIN.len());
    everywhere(async |server| {
        let world = world(server).await;
        let mut admin = world.admin().await;
        let mut app = world.as_role("lm_app", &["members"]).await;
        // In two teams; in one and in none that is known; in an unknown one; in none; with an unknown organisation; nobody.
        for user in ["1", "2", "3", "4", "5", ""] {
            say(&mut app, &[("lm.user", user)]).await;
            let who = if user.is_empty() { "NULL::int" } else { user };
            for (table, plain) in FORM_TABLES.iter().zip(PLAIN) {
                let plain = plain.replace('@', who);
                let all = format!(
                    "WITH mine AS (SELECT * FROM members WHERE member = {who}) SELECT id::text FROM {table} AS f WHERE {plain} ORDER BY id"
                );
                let all = lines(&mut admin, all).await;
                assert_eq!(lines(&mut app, format!("SELECT id::text FROM {table} ORDER BY id")).await, all, "{table}, user {user:?}");
                for id in 1..=48 {
                    let insert = format!("INSERT INTO {table} SELECT * FROM ({ROWS}) AS r WHERE id = {id}");
                    let may = if all.contains(&id.to_string()) { "1" } else { "42501" };
                    assert_eq!(tried(&mut app, insert).await, may, "{table}, user {user:?}, row {id}");
                }
            }
        }
        world.close().await;
    });
}

/// What names nothing of the row is an array that is read once; what names the row, or yields pairs, stays as written.
#[test]
fn the_fast_form_is_taken_where_it_can_be() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut admin = world.admin().await;
        for table in FORM_TABLES {
            let sql = format!("SELECT coalesce(qual, with_check) FROM pg_policies WHERE tablename = '{table}'");
            for predicate in lines(&mut admin, sql).await {
                let slow = ["f_pairs", "f_not_pairs", "f_row", "f_exists"].contains(table);
                assert_eq!(predicate.contains("ARRAY( SELECT"), !slow, "{table}: {predicate}");
                assert_eq!(predicate.contains(" IN ( SELECT") || predicate.contains("EXISTS"), slow, "{table}: {predicate}");
            }
        }
        // A planner that may read the members once does so, in whatever brackets they stand.
        let mut app = world.as_role("lm_app", &["f_nested"]).await;
        for table in ["f_in", "f_not_in", "f_either", "f_nested", "f_all", "f_any", "f_twice"] {
            let plan = lines(&mut app, format!("EXPLAIN (COSTS OFF) SELECT FROM {table}")).await.join("\n");
            assert!(plan.contains("InitPlan") && !plan.contains("SubPlan"), "{table}: {plan}");
        }
        assert_eq!(text(&mut app, "SELECT count(*)::text FROM f_nested").await, "0");
        world.close().await;
    });
}
