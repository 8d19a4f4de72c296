//! The application's tables: every caller, in every state that a pooled session can be in.

use hedgerow::testing::row_security_active;
use sqlx::PgConnection;
use synchrotron::tour::{ANN, ANN_OF_SOUTH, ANNS_TODO, APP, BEN, CIM, DIA, LOGIN, User};

use super::support::{lines, run, text};
use super::{Database, as_user, close, on_every_server, tried};

/// What the session did before the request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Fresh,
    Committed,
    RolledBack,
    Reset,
    /// In the request, another user in a savepoint that was rolled back.
    Savepoint,
}

const STATES: [State; 5] = [State::Fresh, State::Committed, State::RolledBack, State::Reset, State::Savepoint];
const USERS: [User; 5] = [ANN, BEN, DIA, CIM, ANN_OF_SOUTH];

/// What the request says of its caller.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Caller {
    /// No setting at all.
    Silent,
    /// Both are empty.
    Empty,
    /// A tenant and no user.
    TenantOnly,
    /// A user and no tenant.
    UserOnly,
    /// Both.
    User(User),
}

impl Caller {
    fn settings(self) -> Option<(String, &'static str)> {
        match self {
            Caller::Silent => None,
            Caller::Empty => Some((String::new(), "")),
            Caller::TenantOnly => Some((ANN.tenant.to_string(), "")),
            Caller::UserOnly => Some((String::new(), ANN.name)),
            Caller::User(user) => Some((user.tenant.to_string(), user.name)),
        }
    }

    fn all() -> impl Iterator<Item = Caller> {
        let users = USERS.into_iter().map(Caller::User);
        [Caller::Silent, Caller::Empty, Caller::TenantOnly, Caller::UserOnly].into_iter().chain(users)
    }
}

async fn say(conn: &mut PgConnection, (tenant, user): &(String, &str)) {
    run(conn, format!("SELECT set_config('synchrotron.tenant_id', '{tenant}', true), set_config('synchrotron.user_id', '{user}', true)"))
        .await;
}

/// A session in that state, in which a request has begun.
async fn request(database: &Database, state: State, caller: Caller) -> PgConnection {
    let mut conn = database.connect(LOGIN).await.unwrap();
    let other = if caller == Caller::User(CIM) { ANN } else { CIM };
    let settings = Caller::User(other).settings().unwrap();
    match state {
        State::Fresh | State::Savepoint => {}
        State::Committed | State::RolledBack => {
            run(&mut conn, format!("BEGIN; SET LOCAL ROLE {APP}")).await;
            say(&mut conn, &settings).await;
            run(&mut conn, if state == State::Committed { "COMMIT" } else { "ROLLBACK" }).await;
        }
        State::Reset => run(&mut conn, format!("SET synchrotron.tenant_id = '{}'; RESET ALL", settings.0)).await,
    }
    run(&mut conn, format!("BEGIN; SET LOCAL ROLE {APP}")).await;
    if let Some(settings) = caller.settings() {
        say(&mut conn, &settings).await;
    }
    if state == State::Savepoint {
        run(&mut conn, "SAVEPOINT inner_one").await;
        say(&mut conn, &settings).await;
        run(&mut conn, "ROLLBACK TO inner_one").await;
    }
    conn
}

/// An insert that names its scope.
fn insert(table: &str, user: User) -> String {
    let (tenant, name) = (user.tenant, user.name);
    match table {
        "todos" => format!("INSERT INTO todos (id, tenant_id, user_id, title) VALUES (gen_random_uuid(), '{tenant}', '{name}', 'new')"),
        _ => format!("INSERT INTO notes (id, tenant_id, user_id, body) VALUES ('new', '{tenant}', '{name}', 'new')"),
    }
}

/// For each of `USERS` how many rows are seen and how many are owned.
type Counts = [(usize, usize); 5];

/// Table, its content, its rows.
const TABLES: [(&str, &str, Counts); 2] =
    [("todos", "title", [(1, 1), (2, 1), (0, 0), (1, 1), (0, 0)]), ("notes", "body", [(1, 1), (0, 0), (0, 0), (1, 1), (0, 0)])];

/// Statements on a table, and what must come of them for a caller.
fn statements(table: &str, content: &str, caller: Caller, seen: usize, owned: usize) -> Vec<(String, String)> {
    let mut all = vec![
        (format!("SELECT FROM {table}"), seen.to_string()),
        // Locking asks for the rule of updates as well.
        (format!("SELECT FROM {table} FOR UPDATE"), owned.to_string()),
        (format!("UPDATE {table} SET {content} = 'mine'"), owned.to_string()),
        (format!("UPDATE {table} SET {content} = 'mine' WHERE id IS NOT NULL"), owned.to_string()),
        (format!("DELETE FROM {table}"), owned.to_string()),
        (format!("UPDATE {table} SET user_id = 'ben'"), "42501".to_owned()),
        (format!("UPDATE {table} SET tenant_id = gen_random_uuid()"), "42501".to_owned()),
        (format!("TRUNCATE {table} CASCADE"), "42501".to_owned()),
    ];
    for user in USERS {
        let own = caller == Caller::User(user);
        all.push((insert(table, user), if own { "1" } else { "42501" }.to_owned()));
        all.push((insert(table, user) + " RETURNING user_id", if own { "1" } else { "42501" }.to_owned()));
    }
    all
}

#[test]
fn every_caller_reads_and_writes_own_rows_alone_in_every_state_of_a_session() {
    on_every_server(async |database| {
        let (mut tried_all, mut wrong) = (0, Vec::new());
        for state in STATES {
            for caller in Caller::all() {
                let mut conn = request(database, state, caller).await;
                for (table, content, counts) in TABLES {
                    assert!(row_security_active(&mut conn, table).await.unwrap(), "{table}");
                    let index = USERS.iter().position(|user| caller == Caller::User(*user));
                    let (seen, owned) = index.map_or((0, 0), |index| counts[index]);
                    for (statement, expected) in statements(table, content, caller, seen, owned) {
                        tried_all += 1;
                        let got = tried(&mut conn, &statement).await;
                        if got != expected {
                            wrong.push(format!("{state:?} {caller:?}: {statement}\n    {got}, expected {expected}"));
                        }
                    }
                }
                close(conn).await;
            }
        }
        println!("{tried_all} statements, {} surprises", wrong.len());
        assert!(wrong.is_empty(), "{}", wrong[..wrong.len().min(30)].join("\n"));
    });
}

#[test]
fn the_caller_is_the_default_of_the_scope_columns() {
    on_every_server(async |database| {
        let mut conn = as_user(database, Some(ANN)).await;
        run(&mut conn, "INSERT INTO notes (id, body) VALUES ('by default', '')").await;
        let scope = text(&mut conn, "SELECT tenant_id || ' ' || user_id FROM notes WHERE id = 'by default'").await;
        assert_eq!(scope, format!("{} ann", ANN.tenant));
        let nobodys = super::as_user(database, None).await;
        close(conn).await;
        let mut conn = nobodys;
        assert_eq!(tried(&mut conn, "INSERT INTO notes (id, body) VALUES ('nobody', '')").await, "42501");
        close(conn).await;
    });
}

/// Both policies of each command are there: what is read, and what is written.
#[test]
fn every_synced_table_has_using_and_with_check() {
    on_every_server(async |database| {
        let mut admin = database.connect(database.superuser()).await.unwrap();
        for table in ["todos", "notes", "todo_shares"] {
            let by_command = format!(
                "SELECT concat_ws(' ', cmd, qual IS NOT NULL, with_check IS NOT NULL) FROM pg_policies
                WHERE tablename = '{table}' AND 'synchrotron_app' = ANY (roles) AND permissive = 'PERMISSIVE' ORDER BY cmd"
            );
            let found = lines(&mut admin, by_command).await;
            // An update without WITH CHECK is checked by its USING.
            let all = ["DELETE t f", "INSERT f t", "SELECT t f", "UPDATE t f"];
            let expected: Vec<&str> = all.into_iter().filter(|line| table != "todo_shares" || !line.starts_with("UPDATE")).collect();
            assert_eq!(found, expected, "{table}");
        }
        close(admin).await;
    });
}

#[test]
fn a_to_do_is_shared_by_its_owner_alone() {
    on_every_server(async |database| {
        let share = |user: &str| format!("INSERT INTO todo_shares (todo_id, user_id) VALUES ('{ANNS_TODO}', '{user}')");
        let forged = format!("INSERT INTO todo_shares (todo_id, owner_id, user_id) VALUES ('{ANNS_TODO}', 'ann', 'dia')");
        let mut ann = as_user(database, Some(ANN)).await;
        assert_eq!(tried(&mut ann, &share("dia")).await, "1");
        close(ann).await;
        for (user, expected) in [(BEN, "23503"), (DIA, "23503"), (CIM, "23503"), (ANN_OF_SOUTH, "23503")] {
            let mut conn = as_user(database, Some(user)).await;
            // In their own name there is no such to-do of theirs; in hers the policy refuses, or the key of another tenant.
            assert_eq!(tried(&mut conn, &share("dia")).await, expected, "{user:?}");
            let in_her_name = if user == ANN_OF_SOUTH { "23503" } else { "42501" };
            assert_eq!(tried(&mut conn, &forged).await, in_her_name, "{user:?}");
            close(conn).await;
        }
    });
}
