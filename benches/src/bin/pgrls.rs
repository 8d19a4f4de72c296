//! `PGRLS=/path/to/pgrls cargo run --release -p benches --bin pgrls`: our verdicts on some tables and changes, beside those of pgrls on
//! the same in SQL. Without `PGRLS` it prints ours alone, and how to get the other one.
//!
//! The tables stand in `benches/pgrls`, twice: as they are declared here, and by hand in the form of SQL that pgrls reads best.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use benches::live::run;
use hedgerow::testing::Server;
use policy_core::analyze::{Change, RelationKind, State, changes, judge, leaks};
use policy_core::build::{Source, scan_texts};
use policy_core::diag::codes;
use policy_core::model::{Expr, Grantee, Kind, Membership, PolicySet, Table, Types};

const VERIFY: [&str; 2] = [include_str!("../../pgrls/verify.rs"), include_str!("../../pgrls/verify.sql")];
const DIFF: [&str; 2] = [include_str!("../../pgrls/diff.rs"), include_str!("../../pgrls/diff.sql")];

const GET: &str = "pgrls is not asked. To get it:
    python3 -m venv target/pgrls && target/pgrls/bin/pip install pgrls==0.57.1
    PGRLS=target/pgrls/bin/pgrls cargo run --release -p benches --bin pgrls";

/// A change of the tables of `diff.sql`.
struct Edit {
    name: &'static str,
    /// As SQL.
    sql: &'static str,
    /// The same in a state.
    state: fn(&mut State),
}

const EDITS: [Edit; 6] = [
    Edit {
        name: "app becomes a member of support",
        sql: "GRANT bench_support TO bench_app",
        state: |state| {
            let member = Membership { role: "bench_support".to_owned(), inherit: Some(true), set: Some(true), admin: None };
            state.roles.iter_mut().filter(|role| role.name.as_str() == "bench_app").for_each(|role| role.member_of.push(member.clone()));
        },
    },
    Edit {
        name: "app gets BYPASSRLS",
        sql: "ALTER ROLE bench_app BYPASSRLS",
        state: |state| {
            let app = state.roles.iter_mut().filter(|role| role.name.as_str() == "bench_app");
            app.for_each(|role| role.bypass_rls = Some("by accident".to_owned()));
        },
    },
    Edit {
        name: "the view reads as its owner",
        sql: "ALTER VIEW public_notes SET (security_invoker = false)",
        state: |state| {
            state.superusers.insert("postgres".to_owned());
            for view in state.relations.values_mut() {
                if let RelationKind::View { invoker, .. } = &mut view.kind {
                    *invoker = false;
                    view.owner = Some("postgres".to_owned());
                }
            }
        },
    },
    Edit {
        name: "the view loses its WHERE",
        sql: "CREATE OR REPLACE VIEW public_notes WITH (security_invoker = true) AS SELECT id, tenant_id FROM notes",
        state: |state| {
            for view in state.relations.values_mut() {
                if let RelationKind::View { query: Some(query), .. } = &mut view.kind {
                    query.filter = None;
                }
            }
        },
    },
    Edit {
        name: "everybody executes a definer's function",
        sql: "GRANT EXECUTE ON FUNCTION total() TO PUBLIC",
        state: |state| state.functions.iter_mut().for_each(|one| one.executors.extend([Grantee::Public])),
    },
    Edit {
        name: "the policy of app admits everything",
        sql: "ALTER POLICY app ON notes USING (true)",
        state: |state| {
            for table in state.relations.values_mut() {
                table.policies.iter_mut().for_each(|policy| policy.using = policy.using.as_ref().map(|_| Expr::truth()));
            }
        },
    },
];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let peer = Peer::find().await;
    verify(peer.as_ref()).await;
    diff(peer.as_ref()).await;
    if peer.is_none() {
        println!("\n{GET}");
    }
}

async fn verify(peer: Option<&Peer>) {
    let set = declared(VERIFY[0]);
    let (checked, _) = judge(set.clone()).expect("a sound set");
    let mut state = State::of(checked.set());
    open(&mut state);
    let name = |table: &Table| table.relation.name.as_str().to_owned();
    let mut said: BTreeMap<String, &str> = set.tables().map(|table| (name(table), "PROVEN")).collect();
    for fault in leaks(checked.set(), &state) {
        let table = set.tables().find(|table| table.item == fault.item).expect("a table");
        said.insert(name(table), if fault.code == codes::NOT_ISOLATED { "UNVERIFIED" } else { "LEAK" });
    }
    let ours = best(20, || drop(black_box(judge(set.clone()))));
    let (theirs, time) = match peer {
        Some(peer) => peer.verify().await,
        None => (BTreeMap::new(), Duration::ZERO),
    };
    println!("{:<12} {:<12} pgrls", "table", "ours");
    for (name, verdict) in &said {
        println!("{name:<12} {verdict:<12} {}", theirs.get(name).map_or("", String::as_str));
    }
    times(ours, peer.map(|peer| (time, peer.start)));
}

/// What no declaration says: the public rows of one table are everybody's.
fn open(state: &mut State) {
    let opened = state.relations.iter_mut().filter(|(name, _)| name.name.as_str() == "opened");
    for policy in opened.flat_map(|(_, table)| &mut table.policies) {
        let public = Expr::new(Kind::Own("is_public".to_owned()));
        policy.using = policy.using.take().map(|using| Expr::any([using, public]));
    }
}

async fn diff(peer: Option<&Peer>) {
    let set = declared(DIFF[0]);
    let (checked, _) = judge(set).expect("a sound set");
    let old = State::of(checked.set());
    println!("\n{:<42} {:<14} pgrls", "change", "ours");
    let (mut ours, mut time) = (Duration::ZERO, Duration::ZERO);
    for edit in &EDITS {
        let mut new = old.clone();
        (edit.state)(&mut new);
        let change = changes(&old, &new).change();
        assert_ne!(change, Change::Equivalent, "{}", edit.name);
        ours += best(20, || drop(black_box(changes(&old, &new))));
        let theirs = match peer {
            Some(peer) => {
                let (said, took) = peer.diff(edit).await;
                time += took;
                said
            }
            None => String::new(),
        };
        println!("{:<42} {:<14} {theirs}", edit.name, change.word());
    }
    let count = u32::try_from(EDITS.len()).unwrap_or(1);
    times(ours / count, peer.map(|peer| (time / count, peer.start)));
}

fn times(ours: Duration, theirs: Option<(Duration, Duration)>) {
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let Some((theirs, start)) = theirs else { return println!("ours: {:.2} ms", ms(ours)) };
    let net = theirs.saturating_sub(start);
    println!(
        "ours {:.2} ms, pgrls {:.0} ms, of which it takes {:.0} to start: {:.0} times as long, {:.0} without the start",
        ms(ours),
        ms(theirs),
        ms(start),
        theirs.as_secs_f64() / ours.as_secs_f64(),
        net.as_secs_f64() / ours.as_secs_f64()
    );
}

/// A set as a text declares it.
fn declared(text: &str) -> PolicySet {
    let scan = scan_texts(vec![Source { shown: "tables.rs".to_owned(), text: text.to_owned(), folder: None }]);
    assert!(scan.faults.iter().all(|fault| !fault.is_error()), "{:?}", scan.faults);
    let items: BTreeMap<&str, _> = scan.items.iter().filter_map(|one| Some((one.name.as_str(), one.item.as_ref()?))).collect();
    let declared = scan.sets.first().expect("a set");
    let listed = declared
        .entries
        .iter()
        .map(|entry| (*items.get(entry.as_str()).unwrap_or_else(|| panic!("{entry}: {:?}", scan.faults))).clone())
        .collect();
    let mut set = PolicySet { items: listed, ..declared.set.clone().expect("a set that can be read") };
    set.resolve(&Types::default());
    set
}

/// The smallest of some rounds.
fn best(rounds: u32, mut call: impl FnMut()) -> Duration {
    let round = |call: &mut dyn FnMut()| {
        let start = Instant::now();
        call();
        start.elapsed()
    };
    (0..rounds).map(|_| round(&mut call)).min().unwrap_or_default()
}

/// The command pgrls, and a server for it.
struct Peer {
    command: PathBuf,
    server: Server,
    /// How long it takes to say its version.
    start: Duration,
}

impl Peer {
    async fn find() -> Option<Peer> {
        let command = PathBuf::from(std::env::var_os("PGRLS")?);
        let start = best(3, || drop(called(&command, &["--version"])));
        let server = Server::start().expect("a server");
        println!("{}, PostgreSQL {}", called(&command, &["--version"]).trim(), server.version());
        Some(Peer { command, server, start })
    }

    /// Its verdict on each table, in the mode that asks about other tenants, and how long it took.
    async fn verify(&self) -> (BTreeMap<String, String>, Duration) {
        let database = self.server.database().await.expect("a database");
        run(&mut database.connect(database.superuser()).await.expect("a connection"), VERIFY[1]).await;
        let url = database.url(database.superuser());
        let args = ["verify", "--mode", "cross-tenant", "--schemas", "public", "--database-url", &url];
        let time = best(3, || drop(called(&self.command, &args)));
        let text = called(&self.command, &args);
        database.drop().await.expect("the database goes");
        let line = |line: &str| {
            let mut words = line.split_whitespace();
            Some((words.next()?.strip_prefix("public.")?.to_owned(), words.next()?.to_owned()))
        };
        (text.lines().filter_map(line).collect(), time)
    }

    /// What it says of a change, and how long that took beside the snapshots.
    async fn diff(&self, edit: &Edit) -> (String, Duration) {
        let folder = std::env::temp_dir().join(format!("pgrls-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let database = self.server.database().await.expect("a database");
        let mut conn = database.connect(database.superuser()).await.expect("a connection");
        run(&mut conn, "DROP ROLE IF EXISTS bench_app, bench_support").await;
        run(&mut conn, DIFF[1]).await;
        let url = database.url(database.superuser());
        let before = self.snapshot(&url, &folder.join("before.json"));
        run(&mut conn, edit.sql).await;
        let after = self.snapshot(&url, &folder.join("after.json"));
        let time = best(3, || drop(called(&self.command, &["diff", &before, &after])));
        let text = called(&self.command, &["diff", &before, &after]);
        run(&mut conn, "DROP OWNED BY bench_app, bench_support CASCADE; DROP ROLE bench_app, bench_support").await;
        std::fs::remove_dir_all(&folder).expect("the folder");
        let last = text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
        (last.trim_start_matches("pgrls diff: ").to_owned(), time)
    }

    fn snapshot(&self, url: &str, file: &Path) -> String {
        let file = file.display().to_string();
        called(&self.command, &["snapshot", "--schemas", "public", "--database-url", url, "--output", &file]);
        file
    }
}

/// What a command prints; it says by its status whether something was found.
fn called(command: &Path, args: &[&str]) -> String {
    let done = Command::new(command).args(args).output().expect("the command");
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.stderr.is_empty() || done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    text
}
