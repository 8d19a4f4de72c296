//! `cargo run --release -p benches --bin forms [--rows 1000000] [--major 18]`: the forms of a predicate that lints call costly, each as
//! Hedgerow renders it, beside the plain comparison and an explicit WHERE without row security.
//!
//! A caller sees a thousandth of the rows, by whichever column it is asked; every column that is searched has an index.

use benches::live::{Live, Options, run};
use benches::race::{Bound, Contender, race};
use sqlx::PgConnection;

pub mod items;

const TABLES: &str = "
    CREATE FUNCTION of_number(bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS $$ SELECT md5($1::text)::uuid $$;
    CREATE TABLE documents (id int PRIMARY KEY, owner uuid NOT NULL, number bigint NOT NULL, code text NOT NULL, kind text NOT NULL, title text NOT NULL);
    CREATE TABLE events (id int PRIMARY KEY, owner uuid NOT NULL, data jsonb NOT NULL);
    CREATE TABLE files (id int PRIMARY KEY, readers uuid[] NOT NULL);
    CREATE TABLE projects (id int PRIMARY KEY, owner uuid NOT NULL);
    CREATE TABLE tasks (id int PRIMARY KEY, project int NOT NULL);
    CREATE TABLE task_sets (id int PRIMARY KEY, project int NOT NULL);
    CREATE TABLE steps (id int PRIMARY KEY, task int NOT NULL);
    CREATE TABLE copied (id int PRIMARY KEY, owner uuid NOT NULL);
    CREATE TABLE one_away (id int PRIMARY KEY, parent int NOT NULL);
    CREATE TABLE two_away (LIKE one_away INCLUDING ALL);
    CREATE TABLE two_sets (LIKE one_away INCLUDING ALL);
    CREATE TABLE three_away (LIKE one_away INCLUDING ALL);";

const INDEXES: &str = "
    CREATE INDEX ON documents (owner); CREATE INDEX ON documents (number); CREATE INDEX ON documents (code);
    CREATE INDEX ON documents (kind); CREATE INDEX ON documents (title);
    CREATE INDEX ON events (owner); CREATE INDEX ON files USING gin (readers);
    CREATE INDEX ON projects (owner); CREATE INDEX ON tasks (project); CREATE INDEX ON task_sets (project); CREATE INDEX ON steps (task);
    CREATE INDEX ON copied (owner); CREATE INDEX ON one_away (parent); CREATE INDEX ON two_away (parent); CREATE INDEX ON two_sets (parent);
    CREATE INDEX ON three_away (parent);
    CREATE POLICY volatile ON documents FOR SELECT TO bench_volatile USING (number = 77 + (random() * 0)::bigint);
    CREATE POLICY flag ON documents FOR SELECT TO bench_flag USING (
        owner = (SELECT nullif(current_setting('bench.owner', true), '')::uuid) OR (SELECT current_setting('bench.flag', true) = 'on'));";

/// The caller's number, from which all follows that the caller is asked for.
const NUMBER: i32 = 77;

/// A hundredth as many projects, ten tasks each, a step each: row `n` of every table is one of the caller's where `n % 1000` is the number.
fn fill(rows: i64) -> String {
    format!(
        "INSERT INTO documents SELECT n, of_number(n % 1000), n % 1000, 'code ' || n % 1000,
            CASE WHEN n % 2 = 1 THEN 'mine' WHEN n % 2000 = 0 THEN 'open' ELSE 'closed' END,
            CASE WHEN n % 2000 = 0 THEN '' ELSE 'title of ' || n END FROM generate_series(1, {rows}) AS n;
        INSERT INTO events SELECT n, of_number(n % 1000), jsonb_build_object('id', n, 'owner', of_number(n % 1000)) FROM generate_series(1, {rows}) AS n;
        INSERT INTO files SELECT n, ARRAY[of_number(n % 1000), of_number(n % 1000 + 1000), of_number(n % 1000 + 2000)] FROM generate_series(1, {rows}) AS n;
        INSERT INTO projects SELECT n, of_number(n % 1000) FROM generate_series(1, {rows} / 100) AS n;
        INSERT INTO tasks SELECT n, (n - 1) % ({rows} / 100) + 1 FROM generate_series(1, {rows} / 10) AS n;
        INSERT INTO task_sets SELECT * FROM tasks;
        INSERT INTO steps SELECT n, n FROM generate_series(1, {rows} / 10) AS n;
        INSERT INTO copied SELECT n, of_number(n % 1000) FROM generate_series(1, {rows}) AS n;
        INSERT INTO one_away SELECT n, (n - 1) % ({rows} / 100) + 1 FROM generate_series(1, {rows}) AS n;
        INSERT INTO two_away SELECT n, (n - 1) % ({rows} / 10) + 1 FROM generate_series(1, {rows}) AS n;
        INSERT INTO two_sets SELECT * FROM two_away;
        INSERT INTO three_away SELECT * FROM two_away;
        {INDEXES}"
    )
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let options = Options::read(1_000_000);
    let live = Live::new(&options, &items::FORMS, TABLES, &fill(options.rows)).await;
    documents(&live, "every row of the caller, an index for each column", "").await;
    documents(&live, "the same without an index, nor parallel workers", ALL_ROWS).await;
    alternatives(&live).await;
    chain(&live).await;
    lookups(&live, options.rows).await;
}

/// What keeps the planner from indexes, and from help.
const ALL_ROWS: &str = "SET enable_indexscan = off; SET enable_bitmapscan = off; SET max_parallel_workers_per_gather = 0";

const OWNER: &str = "WHERE owner = $1::uuid";

/// The forms that find the same documents, and the roles that are under them.
const DOCUMENTS: &[(&str, &str)] = &[
    ("`owner = ctx.owner`", "bench_plain"),
    ("`owner::text = ctx.owner_text`, a cast", "bench_cast"),
    ("`number + 1000 = ctx.number`, a computation", "bench_computed"),
    ("`btrim(code) = ctx.code`, a built-in function", "bench_called"),
    ("`number = ANY(Access.my_numbers())`, an SQL function in a sub-select", "bench_set_function"),
    ("`Access.is_mine(number)`, an SQL function for each row", "bench_sql_function"),
    ("`Access.is_mine_too(number)`, a plpgsql function for each row", "bench_plpgsql_function"),
    ("`number = 77 + (random() * 0)::bigint`, volatile, by hand", "bench_volatile"),
    ("`owner = .. OR (SELECT current_setting('bench.flag', true) = 'on')`, by hand", "bench_flag"),
];

/// The caller, as every form asks for it.
async fn caller(live: &Live, role: &str, table: &str) -> PgConnection {
    let owner: (String, String) = ("bench.owner".to_owned(), owner(live).await);
    let mut conn = live.role(role, (&owner.0, &owner.1), &[table]).await;
    let others = format!("SET bench.owner_text = '{}'; SET bench.number = '{}'; SET bench.code = 'code {NUMBER}'", owner.1, NUMBER + 1000);
    run(&mut conn, &others).await;
    conn
}

async fn owner(live: &Live) -> String {
    sqlx::query_scalar("SELECT of_number($1)::text").bind(i64::from(NUMBER)).fetch_one(&mut live.admin().await).await.expect("an owner")
}

/// A limit: what an application would write.
async fn limit(live: &Live, table: &str, filter: &str, set: &str) -> Contender {
    let mut conn = live.limit("bench_limit").await;
    run(&mut conn, set).await;
    let sql = format!("SELECT sum(id)::bigint FROM {table} {filter}");
    Contender::query(&format!("no RLS, `{}`", filter.replace("::uuid", "")), conn, &sql, Bound::Text(owner(live).await))
}

/// The limit, and what the policies of these roles and tables let through.
async fn scan(live: &Live, title: &str, limit: Contender, forms: &[(&str, &str, &str)], set: &str) {
    let mut all = vec![limit];
    for (name, role, table) in forms {
        let mut conn = caller(live, role, table).await;
        run(&mut conn, set).await;
        all.push(Contender::query(name, conn, &format!("SELECT sum(id)::bigint FROM {table}"), Bound::Nothing));
    }
    race(title, "a query", all).await;
}

async fn documents(live: &Live, title: &str, set: &str) {
    let forms: Vec<_> = DOCUMENTS.iter().map(|(name, role)| (*name, *role, "documents")).collect();
    scan(live, title, limit(live, "documents", OWNER, set).await, &forms, set).await;
}

/// Forms that find other rows than the plain comparison, each beside another way to say it.
async fn alternatives(live: &Live) {
    let arms = "WHERE (kind = 'mine' AND owner = $1::uuid) OR kind = 'open'";
    let cases = [
        ("`(kind = \"mine\" AND owner = ctx.owner) OR kind = \"open\"`", "bench_arms", "documents"),
        ("`CASE WHEN kind = \"mine\" THEN owner = ctx.owner ELSE kind = \"open\" END`", "bench_case", "documents"),
    ];
    scan(live, "a condition for each kind", limit(live, "documents", arms, "").await, &cases, "").await;
    let sides = [
        ("`owner = ctx.owner OR title = \"\"`", "bench_either", "documents"),
        ("`owner = ctx.owner OR length(title) = 0`", "bench_either_scan", "documents"),
    ];
    let either = "WHERE owner = $1::uuid OR title = ''";
    scan(live, "one or the other", limit(live, "documents", either, "").await, &sides, "").await;
    let keys = [("`owner = ctx.owner`", "bench_plain", "events"), ("`(data ->> \"owner\")::uuid = ctx.owner`", "bench_key", "events")];
    scan(live, "a key of a document", limit(live, "events", OWNER, "").await, &keys, "").await;
    let arrays =
        [("`readers @> ARRAY[ctx.owner]`, a GIN index", "bench_plain", "files"), ("`ctx.owner = ANY(readers)`", "bench_any", "files")];
    scan(live, "one of an array", limit(live, "files", "WHERE readers @> ARRAY[$1::uuid]", "").await, &arrays, "").await;
}

/// How far the tenant is.
const CHAIN: &[(&str, &str, &str)] = &[
    ("the tenant copied: `tenant(owner = ctx.owner)`", "bench_plain", "copied"),
    ("`tenant(through(..))`, one table away", "bench_plain", "one_away"),
    ("`tenant(through(..))`, two tables away", "bench_plain", "two_away"),
    ("`tenant(through(..))`, three tables away", "bench_plain", "three_away"),
    ("two tables away by sets: `parent IN (SELECT t.id FROM TaskSet t)`", "bench_sets", "two_sets"),
];

async fn chain(live: &Live) {
    scan(live, "every row of the tenant", limit(live, "copied", OWNER, "").await, CHAIN, "").await;
}

/// A thousand queries for a row of the caller each, of the caller's table.
async fn lookups(live: &Live, rows: i64) {
    let owner = owner(live).await;
    let block = |table: &str, filter: &str| {
        format!(
            "DO $do$ DECLARE u uuid := '{owner}'; i int; found_one int; n int := 0; BEGIN
                FOR i IN SELECT {NUMBER} + 1000 * (k % ({rows} / 1000)) FROM generate_series(1, 1000) AS k LOOP
                    SELECT r.id INTO found_one FROM {table} AS r WHERE r.id = i {filter};
                    IF FOUND THEN n := n + 1; END IF;
                END LOOP;
                IF n < 1000 THEN RAISE 'only % rows', n; END IF;
            END $do$"
        )
    };
    let name = "no RLS, `WHERE id = $1 AND owner = $2`";
    for (title, table, forms) in [
        ("a row by its primary key", "documents", DOCUMENTS.iter().map(|(name, role)| (*name, *role, "documents")).collect::<Vec<_>>()),
        ("a row of a chain by its primary key", "copied", CHAIN.to_vec()),
    ] {
        let mut all = vec![Contender::block(name, live.limit("bench_limit").await, &block(table, "AND r.owner = u"), 1000)];
        for (name, role, table) in forms {
            all.push(Contender::block(name, caller(live, role, table).await, &block(table, ""), 1000));
        }
        race(title, "a query", all).await;
    }
}
