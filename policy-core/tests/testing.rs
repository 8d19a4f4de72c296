//! The test server itself: found, started, used as an unprivileged role, and gone without a trace afterwards.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use policy_core::testing::{Database, DatabaseUrl, Environment, Error, Server, Source, find, find_major, row_security_active};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// A private server, whatever `DATABASE_URL` says.
fn private() -> Server {
    Server::from_source(&find(&Environment::current().private()).unwrap()).unwrap()
}

fn folder(server: &Server) -> PathBuf {
    server.options("postgres", "postgres").get_socket().unwrap().clone()
}

async fn run(conn: &mut PgConnection, sql: impl Into<String>) {
    sqlx::raw_sql(AssertSqlSafe(sql.into())).execute(conn).await.unwrap();
}

async fn count(conn: &mut PgConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(conn).await.unwrap()
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Waits until `done`, for at most ten seconds.
fn eventually(done: impl Fn() -> bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(10) {
        if done() {
            return true;
        }
        thread::sleep(Duration::from_millis(10));
    }
    done()
}

/// The processes whose command line names `folder`, save this one and those of other tests.
fn processes(folder: &Path) -> Vec<u32> {
    let named = |pid: &u32| {
        let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        line.windows(folder.as_os_str().len()).any(|part| part == folder.as_os_str().as_bytes())
    };
    let all = fs::read_dir("/proc").unwrap().flatten();
    all.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).filter(named).collect()
}

fn kill_9(pid: u32) {
    assert!(Command::new("sh").args(["-c", "kill -9 \"$0\"", &pid.to_string()]).status().unwrap().success());
}

async fn table_with_policy(database: &Database, role: &str) {
    let mut owner = database.connect(database.superuser()).await.unwrap();
    run(&mut owner, "CREATE TABLE note (tenant text, body text); ALTER TABLE note ENABLE ROW LEVEL SECURITY").await;
    run(&mut owner, "INSERT INTO note VALUES ('a', 'one'), ('a', 'two'), ('b', 'three')").await;
    run(&mut owner, format!("CREATE POLICY p ON note TO {role} USING (tenant = 'a'); GRANT SELECT ON note TO {role}")).await;
    owner.close().await.unwrap();
}

#[tokio::test]
async fn a_role_is_subject_to_row_security() {
    let server = Server::shared().unwrap();
    assert!(server.version() >= 10);
    let role = format!("hedgerow_test_{}", process::id());
    let database = server.database().await.unwrap();
    let mut owner = database.connect(server.superuser()).await.unwrap();
    run(&mut owner, format!("CREATE ROLE {role}")).await;
    database.let_in(&role).await.unwrap();
    table_with_policy(&database, &role).await;

    assert!(!row_security_active(&mut owner, "note").await.unwrap());
    assert_eq!(count(&mut owner, "SELECT count(*) FROM note").await, 3);
    let mut app = database.connect(&role).await.unwrap();
    assert!(row_security_active(&mut app, "public.note").await.unwrap());
    assert_eq!(count(&mut app, "SELECT count(*) FROM note").await, 2);
    assert!(row_security_active(&mut app, "nothing").await.is_err());

    let mut by_url = PgConnection::connect(&database.url(&role)).await.unwrap();
    assert_eq!(count(&mut by_url, "SELECT count(*) FROM note").await, 2);
    database.drop().await.unwrap();
    let mut admin = PgConnection::connect(&server.url(server.superuser(), "postgres")).await.unwrap();
    run(&mut admin, format!("DROP ROLE {role}")).await;
}

#[tokio::test]
async fn two_databases_are_two_and_end() {
    let server = Server::shared().unwrap();
    let (one, two) = (server.database().await.unwrap(), server.database().await.unwrap());
    assert_ne!(one.name(), two.name());
    let mut in_one = one.connect(one.superuser()).await.unwrap();
    run(&mut in_one, "CREATE TABLE only_here ()").await;
    let mut in_two = two.connect(two.superuser()).await.unwrap();
    let found = "SELECT count(*) FROM pg_class WHERE relname = 'only_here'";
    assert_eq!((count(&mut in_one, found).await, count(&mut in_two, found).await), (1, 0));

    let names = [one.name().to_owned(), two.name().to_owned()];
    one.drop().await.unwrap();
    // Inside of a runtime, with a connection still open.
    drop(two);
    let mut admin = PgConnection::connect_with(&server.options(server.superuser(), "postgres")).await.unwrap();
    let left = "SELECT count(*) FROM pg_database WHERE datname = ANY($1)";
    let left: i64 = sqlx::query_scalar(left).bind(&names[..]).fetch_one(&mut admin).await.unwrap();
    assert_eq!(left, 0);
}

#[test]
fn a_drop_leaves_nothing() {
    let server = private();
    let folder = folder(&server);
    assert!(folder.join(".s.PGSQL.5432").as_os_str().len() < 104);
    assert!(folder.is_dir() && !processes(&folder).is_empty());
    drop(server);
    assert!(!folder.exists());
    assert!(eventually(|| processes(&folder).is_empty()));
}

#[test]
fn a_server_survives_the_thread_that_started_it() {
    let server = thread::spawn(private).join().unwrap();
    // Long enough for a signal to have come.
    thread::sleep(Duration::from_millis(300));
    block_on(async {
        let mut conn = PgConnection::connect_with(&server.options("postgres", "postgres")).await.unwrap();
        assert_eq!(count(&mut conn, "SELECT 1::bigint").await, 1);
    });
}

#[test]
fn a_server_of_a_url_is_used_and_not_stopped() {
    let owner = private();
    let url = DatabaseUrl::new(owner.url("postgres", "postgres"));
    let source = find(&Environment { database_url: Some(url), ..Environment::current() }).unwrap();
    let server = Server::from_source(&source).unwrap();
    assert_eq!(server.version(), owner.version());
    block_on(async {
        let database = server.database().await.unwrap();
        database.connect("postgres").await.unwrap().close().await.unwrap();
        drop(server);
        // By its own drop, and dropped though the value that made it is gone.
        drop(database);
        let mut conn = PgConnection::connect(&owner.url("postgres", "postgres")).await.unwrap();
        assert_eq!(count(&mut conn, "SELECT count(*) FROM pg_database WHERE datname LIKE 'hedgerow%'").await, 0);
    });
}

#[test]
fn an_unreachable_url_is_an_error() {
    let source = Source::Existing(DatabaseUrl::new("postgres://me:secret@127.0.0.1:1/x"));
    let message = Server::from_source(&source).unwrap_err().to_string();
    assert!(message.starts_with("connecting to the server of DATABASE_URL: "), "{message}");
    assert!(!message.contains("secret"), "{message}");
    let source = Source::Existing(DatabaseUrl::new("not a url"));
    assert!(Server::from_source(&source).unwrap_err().to_string().starts_with("reading DATABASE_URL: "));
}

#[test]
fn a_server_that_does_not_start_shows_its_log() {
    let bin = fake_bin("broken", "echo 'this one is broken' >&2; exit 1");
    let error = Server::from_source(&Source::Installed(bin.clone())).unwrap_err().to_string();
    fs::remove_dir_all(bin.parent().unwrap()).unwrap();
    assert_eq!(error, "PostgreSQL did not start; the end of its log:\nthis one is broken");
}

#[test]
fn no_server_is_one_line_with_a_way_out() {
    let message = find(&Environment::default()).unwrap_err().to_string();
    assert_eq!(
        message,
        "no PostgreSQL server found: install one (Debian/Ubuntu: apt-get install postgresql), or set PG_BIN to a folder \
         with initdb and postgres, or DATABASE_URL to a server"
    );
    let nowhere = PathBuf::from("/nonexistent");
    let empty = Environment {
        system: Some(nowhere.clone()),
        path: vec![nowhere.clone(), PathBuf::from("/")],
        cache: Some(nowhere.clone()),
        ..Environment::default()
    };
    assert!(matches!(find(&empty), Err(Error::NoServer)));
    let wrong = Environment { pg_bin: Some(nowhere), ..Environment::current().private() };
    let message = find(&wrong).unwrap_err().to_string();
    assert_eq!(message, "PG_BIN is set to `/nonexistent`, which has no initdb and postgres");
}

#[test]
fn sources_come_in_their_order() {
    let bin = fake_bin("order", "echo 'postgres (PostgreSQL) 12.5'");
    let root = bin.parent().unwrap();
    let (system, cache) = (root.join("system"), root.join("cache"));
    for major in [system.join("9"), system.join("16"), cache.join("17"), cache.join("16")] {
        copy_bin(&bin, &major.join("bin"));
    }
    let url = DatabaseUrl::new("postgres://localhost");
    let mut environment = Environment {
        database_url: Some(url.clone()),
        pg_bin: Some(bin.clone()),
        system: Some(system.clone()),
        path: vec![root.to_path_buf(), bin.clone()],
        cache: Some(cache.clone()),
        majors: None,
    };
    assert_eq!(environment.installed().into_keys().collect::<Vec<_>>(), [9, 12, 16, 17]);
    assert_eq!(find_major(&environment, 16).unwrap(), Source::Installed(system.join("16/bin")));
    let message = find_major(&environment, 11).unwrap_err().to_string();
    assert!(message.starts_with("no PostgreSQL 11 found (there is 9, 12, 16, 17): install it"), "{message}");

    assert_eq!(find(&environment).unwrap(), Source::Existing(url));
    environment.database_url = None;
    assert_eq!(find(&environment).unwrap(), Source::Installed(bin.clone()));
    environment.pg_bin = None;
    assert_eq!(find(&environment).unwrap(), Source::Installed(system.join("16/bin")));
    environment.system = None;
    assert_eq!(find(&environment).unwrap(), Source::Installed(bin.clone()));
    environment.path.clear();
    assert_eq!(find(&environment).unwrap(), Source::Installed(cache.join("17/bin")));
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn an_installed_major_can_be_asked_for() {
    let installed = Server::installed();
    let newest = *installed.last().unwrap();
    assert_eq!(Server::start_major(newest).unwrap().version(), newest);
    assert!(matches!(Server::start_major(3), Err(Error::NoMajor { wanted: 3, .. })));
}

#[test]
fn a_killed_owner_leaves_nothing() {
    let name = "a_killed_owner_leaves_nothing";
    if become_owner() {
        return;
    }
    let (mut child, folder) = spawn_owner(name);
    assert!(folder.is_dir());
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(eventually(|| !folder.exists()), "the folder is left");
    assert!(eventually(|| processes(&folder).is_empty()), "a process is left");
}

#[test]
fn an_exit_ends_the_shared_server() {
    let name = "an_exit_ends_the_shared_server";
    if become_owner() {
        return;
    }
    let (mut child, folder) = spawn_owner(name);
    // The end of its input lets it return from this test: statics are not dropped.
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    assert!(eventually(|| !folder.exists() && processes(&folder).is_empty()));
}

#[test]
fn the_next_start_sweeps_what_a_dead_supervisor_left() {
    let name = "the_next_start_sweeps_what_a_dead_supervisor_left";
    if become_owner() {
        return;
    }
    let (mut child, folder) = spawn_owner(name);
    let is_shell = |pid: &u32| fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|comm| comm.trim() == "sh");
    let shells: Vec<u32> = processes(&folder).into_iter().filter(is_shell).collect();
    assert!(!shells.is_empty());
    shells.into_iter().for_each(kill_9);
    drop(private());
    assert!(folder.is_dir() && !processes(&folder).is_empty(), "swept while its owner lives");
    child.kill().unwrap();
    child.wait().unwrap();
    drop(private());
    assert!(!folder.exists(), "the folder is left");
    assert!(eventually(|| processes(&folder).is_empty()), "a process is left");
}

/// The variable that makes a test of this file an owner of a server and nothing else.
const OWNER: &str = "HEDGEROW_TEST_OWNER";

/// In a process that was started to own a server: does so until its input ends, and says true.
fn become_owner() -> bool {
    if env::var_os(OWNER).is_none() {
        return false;
    }
    let server = Server::shared().unwrap();
    println!("\nfolder {}", folder(server).display());
    std::io::stdout().flush().unwrap();
    std::io::stdin().read_line(&mut String::new()).unwrap();
    true
}

/// Starts this binary once more, as the owner of a private server. The test of that name has to begin with
/// [`become_owner`].
fn spawn_owner(test: &str) -> (Child, PathBuf) {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(OWNER, "1").env_remove("DATABASE_URL");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut lines = output.by_ref().lines().map(Result::unwrap);
    let folder = lines.find_map(|line| Some(PathBuf::from(line.strip_prefix("folder ")?))).unwrap();
    // Kept open: the child has more to say when its test ends.
    child.stdout = Some(output.into_inner());
    (child, folder)
}

/// A folder with an `initdb` and a `postgres` that both run this line of shell, in a folder of its own.
fn fake_bin(name: &str, script: &str) -> PathBuf {
    // Open to the account that root steps down to, which the temporary folder of root need not be.
    let bin = Path::new("/tmp").join(format!("hedgerow-test-{}-{name}", process::id())).join("bin");
    fs::create_dir_all(&bin).unwrap();
    for program in ["initdb", "postgres"] {
        fs::write(bin.join(program), format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(bin.join(program), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    }
    bin
}

fn copy_bin(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for program in ["initdb", "postgres"] {
        fs::copy(from.join(program), to.join(program)).unwrap();
    }
}
