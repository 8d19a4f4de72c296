//! `cargo run --release -p benches --bin logs [--rows 100000] [--major 18]`: the ways to log about rows of other tables, read and
//! written, as Hedgerow renders them, beside a log without row security and tables without a log.
//!
//! 1000 tenants; two tables and as many log rows, a thousandth of which a caller may read.

use benches::live::{Live, Options, run};
use benches::race::{Bound, Contender, race};
use hedgerow::{Context, Policy, Role, Schema, functions, policy_set};
use sqlx::PgConnection;

#[derive(Context)]
#[context(prefix = "bench")]
pub struct Caller {
    pub tenant: i32,
}

#[derive(Role)]
#[role(name = "bench_limit", login, bypass_rls = "the limit: no row security")]
pub struct Limit;
#[derive(Role)]
#[role(name = "bench_app", login, noinherit)]
pub struct App;
#[derive(Role)]
#[role(name = "bench_writer")]
pub struct Writer;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [Limit, App, Writer]))]
pub struct Main;

#[derive(Policy)]
#[policy(table = "todos", context = Caller, tenant(tenant = ctx.tenant), permit(all, to = App))]
pub struct Todo {
    pub id: i32,
    pub tenant: i32,
}

#[derive(Policy)]
#[policy(table = "notes", context = Caller, tenant(tenant = ctx.tenant), permit(all, to = App))]
pub struct Note {
    pub id: i32,
    pub tenant: i32,
}

/// One log; whose an entry is stands in it.
#[derive(Policy)]
#[policy(
    table = "copied_log", context = Caller, tenant(tenant = ctx.tenant),
    grant(select, to = Limit),
    permit(select, insert, to = App),
    log(rows(Todo.id, Note.id), table = of, row = row, copy(tenant)),
)]
pub struct CopiedLog {
    pub id: i32,
    pub of: String,
    pub row: String,
    pub tenant: i32,
    pub payload: String,
}

/// The same columns, said by the application.
#[derive(Policy)]
#[policy(table = "said_log", context = Caller, tenant(tenant = ctx.tenant), permit(select, insert, to = App))]
pub struct SaidLog {
    pub id: i32,
    pub of: String,
    pub row: String,
    pub tenant: i32,
    pub payload: String,
}

/// A log for each table, through its parent.
#[derive(Policy)]
#[policy(table = "todo_log", tenant(through(todo = Todo.id)), permit(select, insert, to = App))]
pub struct TodoLog {
    pub id: i32,
    pub todo: i32,
    pub payload: String,
}

/// The same as the set of the parents that the caller sees.
#[derive(Policy)]
#[policy(table = "todo_log_in", no_tenant, permit(select, insert, to = App, using(todo IN (SELECT t.id FROM Todo t))))]
pub struct TodoLogIn {
    pub id: i32,
    pub todo: i32,
    pub payload: String,
}

/// One log, and a function that looks for the row.
#[derive(Policy)]
#[policy(table = "seen_log", no_tenant, permit(select, insert, to = App, using(Rows.row_visible(of, row))))]
pub struct SeenLog {
    pub id: i32,
    pub of: String,
    pub row: String,
    pub payload: String,
}

#[functions(schema = "public")]
pub trait Rows {
    #[function(visible(Todo.id, Note.id), grant(execute, to = App))]
    fn row_visible(of: String, row: String) -> bool;
    #[function(returns = "trigger", language = "plpgsql", definer = Writer, search_path = "pg_catalog", body = "
        BEGIN
            INSERT INTO public.hand_log (of, row, tenant, command, new)
            VALUES ('hand_items', NEW.id::text, NEW.tenant, 'insert', to_jsonb(NEW));
            RETURN NULL;
        END
    ")]
    fn log_by_hand();
}

/// Rows that are written: without a log, with the generated triggers, with triggers by hand.
#[derive(Policy)]
#[policy(table = "plain_items", context = Caller, tenant(tenant = ctx.tenant), permit(select, insert, to = App))]
pub struct PlainItem {
    pub id: i32,
    pub tenant: i32,
    pub payload: String,
}

#[derive(Policy)]
#[policy(table = "logged_items", context = Caller, tenant(tenant = ctx.tenant), permit(select, insert, to = App))]
pub struct LoggedItem {
    pub id: i32,
    pub tenant: i32,
    pub payload: String,
}

/// Stands for `serde_json::Value`: only its name counts.
pub struct Value;

/// Written by the triggers of `LoggedItem`.
#[derive(Policy)]
#[policy(
    table = "item_log", context = Caller, tenant(tenant = ctx.tenant),
    permit(insert, to = Writer),
    permit(select, to = App),
    log(rows(LoggedItem.id), table = of, row = row, copy(tenant), writer = Writer, command = command, new = new),
)]
pub struct ItemLog {
    #[policy(sequence)]
    pub id: i64,
    pub of: String,
    pub row: String,
    pub tenant: i32,
    pub command: String,
    pub new: Option<Value>,
}

#[derive(Policy)]
#[policy(
    table = "hand_items", context = Caller, tenant(tenant = ctx.tenant), permit(select, insert, to = App),
    trigger(after(insert), each_row, execute = Rows.log_by_hand),
)]
pub struct HandItem {
    pub id: i32,
    pub tenant: i32,
    pub payload: String,
}

#[derive(Policy)]
#[policy(table = "hand_log", context = Caller, tenant(tenant = ctx.tenant), permit(insert, to = Writer), permit(select, to = App))]
pub struct HandLog {
    #[policy(sequence)]
    pub id: i64,
    pub of: String,
    pub row: String,
    pub tenant: i32,
    pub command: String,
    pub new: Option<Value>,
}

policy_set! {
    pub LOGS {
        items: [
            Caller, Limit, App, Writer, Main, Todo, Note, CopiedLog, SaidLog, TodoLog, TodoLogIn, SeenLog, Rows, PlainItem, LoggedItem, ItemLog,
            HandItem, HandLog,
        ],
    }
}

const TABLES: &str = "
    CREATE TABLE todos (id int PRIMARY KEY, tenant int NOT NULL);
    CREATE TABLE notes (id int PRIMARY KEY, tenant int NOT NULL);
    CREATE INDEX ON todos (tenant); CREATE INDEX ON notes (tenant);
    CREATE TABLE copied_log (id int PRIMARY KEY, of text NOT NULL, row text NOT NULL, tenant int NOT NULL, payload text NOT NULL);
    CREATE INDEX ON copied_log (row, of);
    CREATE TABLE said_log (LIKE copied_log INCLUDING ALL);
    CREATE INDEX ON copied_log (tenant, id); CREATE INDEX ON said_log (tenant, id);
    CREATE TABLE todo_log (id int PRIMARY KEY, todo int NOT NULL, payload text NOT NULL);
    CREATE TABLE todo_log_in (LIKE todo_log INCLUDING ALL);
    CREATE INDEX ON todo_log (todo); CREATE INDEX ON todo_log_in (todo);
    CREATE TABLE seen_log (id int PRIMARY KEY, of text NOT NULL, row text NOT NULL, payload text NOT NULL);
    CREATE INDEX ON seen_log (row, of);
    CREATE TABLE plain_items (id int PRIMARY KEY, tenant int NOT NULL, payload text NOT NULL);
    CREATE TABLE logged_items (LIKE plain_items INCLUDING ALL);
    CREATE TABLE item_log (id bigserial PRIMARY KEY, of text NOT NULL, row text NOT NULL, tenant int NOT NULL, command text NOT NULL, new jsonb);
    CREATE INDEX ON item_log (tenant, id);
    CREATE TABLE hand_items (LIKE plain_items INCLUDING ALL);
    CREATE TABLE hand_log (id bigserial PRIMARY KEY, of text NOT NULL, row text NOT NULL, tenant int NOT NULL, command text NOT NULL, new jsonb);
    CREATE INDEX ON hand_log (tenant, id);";

const TENANT: i32 = 77;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let options = Options::read(100_000);
    let rows = options.rows;
    let fill = format!(
        "INSERT INTO todos SELECT n, n % 1000 FROM generate_series(1, {rows}) AS n;
        INSERT INTO notes SELECT * FROM todos;
        INSERT INTO copied_log SELECT n, CASE WHEN n % 2 = 0 THEN 'todos' ELSE 'notes' END, n, n % 1000, 'entry ' || n FROM generate_series(1, {rows}) AS n;
        INSERT INTO todo_log SELECT n, n, 'entry ' || n FROM generate_series(1, {rows}) AS n;
        INSERT INTO todo_log_in SELECT * FROM todo_log;
        INSERT INTO seen_log SELECT id, of, row, payload FROM copied_log;"
    );
    let live = Live::new(&options, &LOGS, TABLES, &fill).await;
    every_entry(&live).await;
    page(&live).await;
    of_one_row(&live).await;
    entries(&live, rows).await;
    captured(&live, rows).await;
}

/// The designs, and the tables that stand for them.
const DESIGNS: &[(&str, &str)] = &[
    ("scope columns copied onto the log: `log(..)`", "copied_log"),
    ("a log for each table, `tenant(through(..))`", "todo_log"),
    ("a log for each table, `todo IN (SELECT t.id FROM Todo t)`", "todo_log_in"),
    ("one log, `visible(..)`", "seen_log"),
];

async fn app(live: &Live, tables: &[&str]) -> PgConnection {
    live.role("bench_app", ("bench.tenant", &TENANT.to_string()), tables).await
}

async fn every_entry(live: &Live) {
    let sql = |table: &str, filter: &str| format!("SELECT sum(length(payload))::bigint FROM {table} {filter}");
    let limit = Contender::query(
        "no RLS, `WHERE tenant = $1`",
        live.limit("bench_limit").await,
        &sql("copied_log", "WHERE tenant = $1"),
        Bound::Int(TENANT),
    );
    let mut all = vec![limit];
    for (name, table) in DESIGNS {
        all.push(Contender::query(name, app(live, &[table]).await, &sql(table, ""), Bound::Nothing));
    }
    race("every entry of the caller", "a query", all).await;
}

async fn page(live: &Live) {
    let sql = |table: &str, filter: &str| {
        format!("SELECT sum(id)::bigint FROM (SELECT id, payload FROM {table} {filter} ORDER BY id DESC LIMIT 50) AS page")
    };
    let limit = Contender::query(
        "no RLS, `WHERE tenant = $1`",
        live.limit("bench_limit").await,
        &sql("copied_log", "WHERE tenant = $1"),
        Bound::Int(TENANT),
    );
    let mut all = vec![limit];
    for (name, table) in DESIGNS {
        all.push(Contender::query(name, app(live, &[table]).await, &sql(table, ""), Bound::Nothing));
    }
    race("the newest 50 entries of the caller", "a query", all).await;
}

/// What an application asks for most.
async fn of_one_row(live: &Live) {
    let sql = |table: &str, filter: &str| format!("SELECT sum(length(payload))::bigint FROM {table} WHERE {filter}");
    let row = TENANT + 1000;
    let (one, logged) = (format!("todo = {row}"), format!("of = 'notes' AND row = '{row}'"));
    let limit = sql("copied_log", &format!("{logged} AND tenant = $1"));
    let mut all = vec![Contender::query("no RLS, `WHERE tenant = $1`", live.limit("bench_limit").await, &limit, Bound::Int(TENANT))];
    for (name, table) in DESIGNS {
        let filter = if table.starts_with("todo") { &one } else { &logged };
        all.push(Contender::query(name, app(live, &[table]).await, &sql(table, filter), Bound::Nothing));
    }
    race("the entries of one row", "a query", all).await;
}

/// One statement for all rows, and one for each of a thousand.
async fn written(live: &Live, title: &str, rows: i64, contenders: &[(&str, &str, &str)]) {
    for many in [true, false] {
        let mut all = Vec::new();
        for (name, insert, emptied) in contenders {
            let one = |n: &str| insert.replace("{n}", n);
            let sql = if many {
                let source = format!("SELECT * FROM generate_series(1, {rows}) AS n");
                insert.split(';').map(|insert| format!("{} FROM ({source}) AS g;", insert.replace("{n}", "g.n"))).collect::<String>()
            } else {
                format!("DO $do$ BEGIN FOR i IN 1..1000 LOOP {}; END LOOP; END $do$", one("i"))
            };
            let count = if many { u32::try_from(rows).unwrap_or(1) } else { 1000 };
            all.push(Contender::after(
                name,
                app(live, &[]).await,
                &sql,
                count,
                live.admin().await,
                &format!("SET session_replication_role = replica; TRUNCATE {emptied}"),
            ));
        }
        let how = if many { format!("{rows} in one INSERT") } else { "1000 INSERTs of one".to_owned() };
        race(&format!("{title}: {how}"), "a row", all).await;
    }
}

/// The application writes entries: saying whose they are itself, or leaving it to the generated trigger.
async fn entries(live: &Live, rows: i64) {
    // Rows of the tenant, again and again.
    let row = format!("({TENANT} + 1000 * ({{n}} % {}))", rows / 1000);
    let insert = |table: &str, tenant: String| format!("INSERT INTO {table} SELECT {{n}} + 1000000, 'todos', {row}, {tenant}, 'new'");
    let mut admin = live.admin().await;
    run(&mut admin, "CREATE TABLE kept_log AS SELECT * FROM copied_log").await;
    written(
        live,
        "entries by the application",
        rows,
        &[
            ("no trigger: the application says whose they are", &insert("said_log", TENANT.to_string()), "said_log"),
            ("the generated trigger fills it in", &insert("copied_log", "0".to_owned()), "copied_log"),
        ],
    )
    .await;
    run(&mut admin, "TRUNCATE copied_log; INSERT INTO copied_log SELECT * FROM kept_log").await;
}

/// Rows that are logged as they are written.
async fn captured(live: &Live, rows: i64) {
    let insert = |table: &str| format!("INSERT INTO {table} SELECT {{n}}, {TENANT}, 'new'");
    let twice = format!("{}; INSERT INTO said_log SELECT {{n}}, 'items', {{n}}, {TENANT}, 'new'", insert("plain_items"));
    written(
        live,
        "rows and their entries",
        rows,
        &[
            ("no log", &insert("plain_items"), "plain_items"),
            ("no trigger: the application inserts both", &twice, "plain_items, said_log"),
            ("the generated trigger, for each statement", &insert("logged_items"), "logged_items, item_log"),
            ("a trigger by hand, for each row", &insert("hand_items"), "hand_items, hand_log"),
        ],
    )
    .await;
}
