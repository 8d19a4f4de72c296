//! Every table, in every state that a pooled session can be in, for every caller: what the statements of SQL do.

use std::collections::BTreeMap;

use ackify::tour::{ADMIN, NORTH, SOUTH};
use hedgerow::testing::row_security_active;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use uuid::Uuid;

use super::support::{block_on, lines, run, servers, text, tried};
use super::{Database, SAMPLES, alone, migrated};

/// A tenant without a row.
const NOBODY: Uuid = Uuid::from_u128(0x3333_3333_3333_4333_8333_3333_3333_3333);

/// What the session did before the request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Fresh,
    Committed,
    RolledBack,
    Reset,
    /// In the request, another tenant in a savepoint that was rolled back.
    Savepoint,
}

/// What the request says of its tenant.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Caller {
    Silent,
    Empty,
    Garbage,
    Tenant(Uuid),
}

const STATES: [State; 5] = [State::Fresh, State::Committed, State::RolledBack, State::Reset, State::Savepoint];
const CALLERS: [Caller; 6] =
    [Caller::Silent, Caller::Empty, Caller::Garbage, Caller::Tenant(NORTH), Caller::Tenant(SOUTH), Caller::Tenant(NOBODY)];

/// What was tried, and what came out otherwise than expected.
#[derive(Default)]
struct Found {
    tried: usize,
    wrong: Vec<String>,
}

/// One table under one caller.
struct Case<'a> {
    table: &'a str,
    sample: &'a str,
    shared: bool,
    caller: Caller,
    /// By tenant, the key of its row.
    ids: &'a BTreeMap<String, String>,
    version: u32,
}

impl Case<'_> {
    /// Whether a row of this tenant is the caller's.
    fn sees(&self, tenant: Option<Uuid>) -> bool {
        match tenant {
            None => self.shared,
            Some(tenant) => self.caller == Caller::Tenant(tenant),
        }
    }

    /// A number of rows, unless the setting cannot be read at all.
    fn rows(&self, count: usize) -> String {
        if self.caller == Caller::Garbage { "22P02".to_owned() } else { count.to_string() }
    }

    fn insert(&self, tenant: Option<Uuid>, unique: &str) -> String {
        self.sample.replace("$1", &sql(tenant)).replace("$2", &format!("'{unique}'"))
    }

    /// An insert under the key of a row that is there.
    fn insert_over(&self, tenant: Option<Uuid>, key: &str) -> String {
        let whole = self.insert(tenant, "over");
        whole.replacen("(tenant_id,", "(id, tenant_id,", 1).replacen("VALUES (", &format!("VALUES ({key}, "), 1)
    }

    /// Statements, and what must come of them.
    fn statements(&self) -> Vec<(String, String)> {
        let t = self.table;
        let mut all = Vec::new();
        let visible =
            [Some(NORTH), Some(SOUTH), None].into_iter().filter(|tenant| (tenant.is_some() || self.shared) && self.sees(*tenant)).count();
        all.push((format!("SELECT FROM {t}"), self.rows(visible)));
        all.push((format!("SELECT FROM {t} FOR UPDATE"), self.rows(visible)));
        all.push((format!("UPDATE {t} SET tenant_id = tenant_id"), self.rows(visible)));
        all.push((format!("TRUNCATE {t} CASCADE"), "42501".to_owned()));
        for tenant in [Some(NORTH), Some(SOUTH), None] {
            let (own, is) = (self.sees(tenant), equal(tenant));
            if tenant.is_some() || self.shared {
                let there = usize::from(own);
                all.push((format!("UPDATE {t} SET tenant_id = tenant_id WHERE tenant_id {is}"), self.rows(there)));
                let deleted = if t == "documents" && own { "23503".to_owned() } else { self.rows(there) };
                all.push((format!("DELETE FROM {t} WHERE tenant_id {is}"), deleted));
                all.extend(self.moves(tenant));
            }
            let inserted = if own { self.rows(1) } else { self.refused() };
            all.push((self.insert(tenant, "new"), inserted.clone()));
            all.push((format!("{} RETURNING tenant_id", self.insert(tenant, "new")), inserted));
        }
        all.extend(self.upserts());
        all
    }

    fn refused(&self) -> String {
        if self.caller == Caller::Garbage { "22P02".to_owned() } else { "42501".to_owned() }
    }

    /// A row of one tenant, to every other.
    fn moves(&self, from: Option<Uuid>) -> Vec<(String, String)> {
        let there = self.sees(from);
        let mut all = Vec::new();
        for to in [Some(NORTH), Some(SOUTH), Some(NOBODY)].into_iter().filter(|to| *to != from) {
            // Who sees a row of nobody may make it his own: `shared(all)`.
            let moved = match (there, self.sees(to)) {
                (false, _) => self.rows(0),
                (true, true) => self.rows(1),
                (true, false) => self.refused(),
            };
            all.push((format!("UPDATE {} SET tenant_id = {} WHERE tenant_id {}", self.table, sql(to), equal(from)), moved.clone()));
            if self.version >= 15 {
                let merge = format!("MERGE INTO {} AS t USING (VALUES (1)) AS v (x) ON t.tenant_id {}", self.table, equal(from));
                all.push((format!("{merge} WHEN MATCHED THEN UPDATE SET tenant_id = {}", sql(to)), moved));
                let removed = if self.table == "documents" && there { "23503".to_owned() } else { self.rows(usize::from(there)) };
                all.push((format!("{merge} WHEN MATCHED THEN DELETE"), removed));
            }
        }
        all
    }

    /// Keys of rows that the caller may not see, and of one that it may.
    fn upserts(&self) -> Vec<(String, String)> {
        let Caller::Tenant(own) = self.caller else { return Vec::new() };
        let mut all = Vec::new();
        for tenant in [NORTH, SOUTH] {
            let Some(key) = self.ids.get(&tenant.to_string()).filter(|_| self.table != "documents") else { continue };
            // The foreign keys of a tenant without documents would stop it as well, later.
            let row = self.insert_over(Some(own), key);
            let seen = own == tenant;
            let updated = if seen { "1" } else { "42501" };
            all.push((format!("{row} ON CONFLICT (id) DO UPDATE SET tenant_id = EXCLUDED.tenant_id"), updated.to_owned()));
            all.push((format!("{row} ON CONFLICT (id) DO NOTHING"), "0".to_owned()));
            all.push((row, "23505".to_owned()));
        }
        if self.table == "documents" && own != NOBODY {
            let row = self.insert(Some(own), "handbook");
            all.push((format!("{row} ON CONFLICT (tenant_id, doc_id) DO UPDATE SET title = 'again'"), "1".to_owned()));
            let other = if own == NORTH { SOUTH } else { NORTH };
            let row = self.insert(Some(other), "handbook");
            all.push((format!("{row} ON CONFLICT (tenant_id, doc_id) DO UPDATE SET title = 'stolen'"), "42501".to_owned()));
        }
        all
    }
}

fn sql(tenant: Option<Uuid>) -> String {
    tenant.map_or_else(|| "NULL::uuid".to_owned(), |tenant| format!("'{tenant}'::uuid"))
}

fn equal(tenant: Option<Uuid>) -> String {
    tenant.map_or_else(|| "IS NULL".to_owned(), |tenant| format!("= '{tenant}'"))
}

async fn say(conn: &mut PgConnection, value: &str) {
    run(conn, format!("SELECT set_config('app.tenant_id', '{value}', true), set_config('app.user_email', '{ADMIN}', true)")).await;
}

/// A session in that state, in which a request has begun.
async fn request(database: &Database, state: State, caller: Caller) -> PgConnection {
    let mut conn = database.connect("ackify_app").await.unwrap();
    let other = if caller == Caller::Tenant(SOUTH) { NORTH } else { SOUTH };
    match state {
        State::Fresh | State::Savepoint => {}
        State::Committed => run(&mut conn, format!("BEGIN; SELECT set_config('app.tenant_id', '{other}', true); COMMIT")).await,
        State::RolledBack => run(&mut conn, format!("BEGIN; SELECT set_config('app.tenant_id', '{other}', true); ROLLBACK")).await,
        State::Reset => run(&mut conn, format!("SET app.tenant_id = '{other}'; RESET ALL")).await,
    }
    run(&mut conn, "BEGIN").await;
    match caller {
        Caller::Silent => {}
        Caller::Empty => say(&mut conn, "").await,
        Caller::Garbage => say(&mut conn, "no tenant").await,
        Caller::Tenant(tenant) => say(&mut conn, &tenant.to_string()).await,
    }
    if state == State::Savepoint {
        run(&mut conn, "SAVEPOINT inner_one").await;
        say(&mut conn, &other.to_string()).await;
        run(&mut conn, "ROLLBACK TO inner_one").await;
    }
    conn
}

/// One row for each of two tenants in every table, and one for nobody where that may be; the keys of all, by table and
/// tenant.
pub(super) async fn fill(database: &Database) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut admin = database.connect(database.superuser()).await.unwrap();
    run(&mut admin, format!("SET app.user_email = '{ADMIN}'")).await;
    let mut keys = BTreeMap::new();
    for (table, sample) in SAMPLES {
        let tenants = [Some(NORTH), Some(SOUTH), None];
        for tenant in tenants.into_iter().filter(|tenant| tenant.is_some() || is_shared(table)) {
            let unique = if *table == "documents" { "handbook".to_owned() } else { format!("{table} {tenant:?}") };
            let insert = sqlx::query(AssertSqlSafe((*sample).to_owned())).bind(tenant).bind(unique);
            insert.execute(&mut admin).await.unwrap();
        }
        let key = if *table == "documents" { "doc_id" } else { "id::text" };
        let pairs = lines(&mut admin, format!("SELECT coalesce(tenant_id::text, '') || '=' || {key} FROM {table}")).await;
        let of_table =
            pairs.iter().map(|pair| pair.split_once('=').unwrap()).map(|(tenant, key)| (tenant.to_owned(), key.to_owned())).collect();
        keys.insert((*table).to_owned(), of_table);
    }
    admin.close().await.unwrap();
    keys
}

fn is_shared(table: &str) -> bool {
    table.starts_with("magic_link")
}

async fn isolated(database: &Database, version: u32) -> Found {
    let keys = fill(database).await;
    let mut found = Found::default();
    for state in STATES {
        for caller in CALLERS {
            for (table, sample) in SAMPLES {
                let case = Case { table, sample, shared: is_shared(table), caller, ids: &keys[*table], version };
                let mut conn = request(database, state, caller).await;
                assert!(row_security_active(&mut conn, table).await.unwrap(), "{table}");
                for (statement, expected) in case.statements() {
                    found.tried += 1;
                    let got = tried_in(&mut conn, &statement).await;
                    if got != expected {
                        found.wrong.push(format!("{state:?} {caller:?}: {statement}\n    {got}, expected {expected}"));
                    }
                }
                conn.close().await.unwrap();
            }
        }
    }
    found
}

/// In the request that has begun.
async fn tried_in(conn: &mut PgConnection, statement: &str) -> String {
    run(conn, "SAVEPOINT one").await;
    let done = sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut *conn).await;
    run(conn, "ROLLBACK TO one").await;
    super::support::said(done.map(|done| done.rows_affected()))
}

#[test]
fn every_table_is_isolated_in_every_state_of_a_session() {
    let _alone = alone();
    for server in servers() {
        let found = block_on(async {
            let database = migrated(server).await;
            let found = isolated(&database, server.version()).await;
            database.drop().await.unwrap();
            found
        });
        println!("isolation on PostgreSQL {}: {} statements, {} surprises", server.version(), found.tried, found.wrong.len());
        assert!(found.wrong.is_empty(), "PostgreSQL {}:\n{}", server.version(), found.wrong[..found.wrong.len().min(40)].join("\n"));
    }
}

/// The owner, and whoever is its member, is bound by FORCE, whatever tenant it names.
#[test]
fn the_owner_sees_and_writes_no_row() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = migrated(server).await;
            fill(&database).await;
            let mut migrator = database.connect("ackify_migrator").await.unwrap();
            for role in ["NONE", "ackify_owner"] {
                run(&mut migrator, format!("SET ROLE {role}")).await;
                for tenant in ["", &NORTH.to_string()] {
                    run(&mut migrator, format!("SET app.tenant_id = '{tenant}'")).await;
                    // The migrator is a member of whoever owns the view of failed attempts, and reads them as that.
                    let of_owner = |table: &str| role == "ackify_owner" || table != "magic_link_auth_attempts";
                    for (table, sample) in SAMPLES.iter().filter(|(table, _)| of_owner(table)) {
                        assert!(row_security_active(&mut migrator, table).await.unwrap());
                        assert_eq!(tried(&mut migrator, format!("SELECT FROM {table}")).await, "0", "{table}");
                        assert_eq!(tried(&mut migrator, format!("UPDATE {table} SET tenant_id = tenant_id")).await, "0", "{table}");
                        assert_eq!(tried(&mut migrator, format!("DELETE FROM {table}")).await, "0", "{table}");
                        let insert = sample.replace("$1", &sql(Some(NORTH))).replace("$2", "'new'");
                        assert_eq!(tried(&mut migrator, insert).await, "42501", "{table}");
                    }
                }
            }
            migrator.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

/// The worker reaches every tenant's queue, with its columns and commands alone, whatever its session says.
#[test]
fn the_worker_drains_every_queue_and_reaches_nothing_else() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = migrated(server).await;
            fill(&database).await;
            let mut worker = database.connect("ackify_email_worker").await.unwrap();
            assert!(row_security_active(&mut worker, "email_queue").await.unwrap());
            for tenant in ["", &NORTH.to_string()] {
                run(&mut worker, format!("SET app.tenant_id = '{tenant}'")).await;
                assert_eq!(text(&mut worker, "SELECT count(*)::text FROM email_queue").await, "2");
                assert_eq!(tried(&mut worker, "UPDATE email_queue SET status = 'sent' WHERE status = 'pending'").await, "2");
                for refused in ["UPDATE email_queue SET subject = ''", "UPDATE email_queue SET tenant_id = NULL", "DELETE FROM email_queue"]
                {
                    assert_eq!(tried(&mut worker, refused).await, "42501", "{refused}");
                }
                for (table, _) in SAMPLES.iter().filter(|(table, _)| *table != "email_queue") {
                    assert_eq!(tried(&mut worker, format!("SELECT FROM {table}")).await, "42501", "{table}");
                }
            }
            worker.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}
