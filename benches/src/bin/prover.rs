//! `cargo run --release -p benches --bin prover [tables]`: what a proof costs, beside reading the text of its predicate with sqlparser,
//! and what a whole set costs, beside the checks that it had before there were proofs.
//!
//! A proof is everything that is asked of `prove`: formulas made, solved, and the certificate read again or the row looked at again.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use benches::prover::{Table, diamonds, policies};
use benches::{BASE, policy, set, structs};
use policy_core::analyze::{Change, Matrix, State, changes, judge, lints};
use policy_core::build::{Source, scan_texts};
use policy_core::check;
use policy_core::expr;
use policy_core::model::{Expr, PolicySet, Types};
use policy_core::prove::{BUDGET, Verdict, implies};

const CALLS: usize = 2000;
const SLOW_CALLS: usize = 25;
const ROUNDS: usize = 3;

/// What is asked of real policies: whether the first implies the second, and what the answer is.
const QUESTIONS: &[(&str, &str, &str)] = &[
    ("tenant_id = ctx.tenant_id AND (status = 'public' OR owner_id = ctx.user_id)", MINE, "proved"),
    ("tenant_id = ctx.tenant_id AND status = 'public' OR owner_id = ctx.user_id", MINE, "leak"),
    ("owner_id IS NULL OR owner_id = ctx.user_id", "owner_id = ctx.user_id", "leak"),
    ("NOT (tenant_id <> ctx.tenant_id)", MINE, "proved"),
    (
        "EXISTS (SELECT 1 FROM m WHERE m.tenant_id = self.tenant_id AND m.tenant_id = ctx.tenant_id AND m.owner_id = ctx.user_id)",
        MINE,
        "proved",
    ),
    ("team_id IN (SELECT m.team_id FROM m WHERE m.owner_id = ctx.user_id) AND tenant_id = ctx.tenant_id", MINE, "proved"),
    ("EXISTS (SELECT 1 FROM m WHERE m.team_id = self.team_id AND m.owner_id = ctx.user_id)", MINE, "leak"),
    ("level >= 3 AND expires_at > now() AND created_at <= now()", "created_at < expires_at", "proved"),
    ("level >= 2", "level >= 3", "leak"),
];
const MINE: &str = "tenant_id = ctx.tenant_id";

fn main() {
    let table = Table::new();
    questions(&table);
    worst(&table);
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(1000);
    whole(count);
}

fn questions(table: &Table) {
    println!("{:>10} {:>10} {:>10} {:>8} {:>6} {:>8}  predicate", "median us", "p99 us", "reading us", "ratio", "steps", "answer");
    for (from, to, answer) in QUESTIONS {
        let (is, goal) = (table.expr(from), table.expr(to));
        let times = times(CALLS, || drop(black_box(ask(table, &is, &goal, BUDGET))));
        let reading = times_of_reading(table, from);
        let (median, p99) = (micros(times[CALLS / 2]), micros(times[CALLS * 99 / 100]));
        let said = said(&ask(table, &is, &goal, BUDGET));
        assert_eq!(said, *answer, "{from}");
        let steps = steps(table, &is, &goal);
        println!("{median:>10.1} {p99:>10.1} {reading:>10.1} {:>8.2} {steps:>6} {said:>8}  {}", median / reading, short(from));
    }
}

/// What is hard for a solver: here the budget of steps is what counts.
fn worst(table: &Table) {
    let mine = || table.expr(MINE);
    let cases: [(&str, Expr, Expr, &str); 6] = [
        ("diamonds, n = 20", table.expr(&diamonds(20, 20)), table.expr("x0 = x20"), "proved"),
        ("diamonds, n = 20, the last one open", table.expr(&diamonds(20, 19)), table.expr("x0 = x20"), "leak"),
        ("200 policies of 6 atoms, one restriction", Expr::all([table.any(&policies(200, |_| false)), mine()]), mine(), "proved"),
        ("200 policies of 6 atoms, no restriction", table.any(&policies(200, |_| false)), mine(), "leak"),
        ("200 policies of 7 atoms, each with the tenant", table.any(&policies(200, |_| true)), mine(), "proved"),
        ("200 policies, all with the tenant but the last", table.any(&policies(200, |i| i < 199)), mine(), "leak"),
    ];
    println!("\n{:>10} {:>10} {:>8} {:>8}  the worst", "median ms", "most ms", "steps", "answer");
    for (name, from, to, answer) in cases {
        let times = times(SLOW_CALLS, || drop(black_box(ask(table, &from, &to, BUDGET))));
        let said = said(&ask(table, &from, &to, BUDGET));
        assert_eq!(said, answer, "{name}");
        let (median, most) = (micros(times[SLOW_CALLS / 2]) / 1e3, micros(times[SLOW_CALLS - 1]) / 1e3);
        println!("{median:>10.2} {most:>10.2} {:>8} {said:>8}  {name}", steps(table, &from, &to));
    }
}

fn ask(table: &Table, from: &Expr, to: &Expr, budget: u64) -> Verdict {
    implies(&table.world, table, from, to, budget)
}

fn said(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Never(_) => "proved",
        Verdict::Holds(_) | Verdict::Possible(..) => "leak",
        Verdict::Unknown(_) => "unknown",
    }
}

/// The smallest budget within which there is an answer.
fn steps(table: &Table, from: &Expr, to: &Expr) -> u64 {
    let (mut least, mut most) = (0, BUDGET);
    while least < most {
        let middle = least.midpoint(most);
        if matches!(ask(table, from, to, middle), Verdict::Unknown(_)) {
            least = middle + 1;
        } else {
            most = middle;
        }
    }
    least
}

/// A set of some tables: its proofs, lints, matrix, and a change in one of its policies.
fn whole(count: usize) {
    let text = format!("{BASE}\n{}\n{}", structs(0, count, "#[derive(Policy)]", policy), set(count));
    let text = text.replace("pub struct DateTime;", "").replace("created_at: DateTime", "created_at: DateTime<Utc>");
    let scan = scan_texts(vec![Source { shown: "bench.rs".to_owned(), text, folder: None }]);
    let items: BTreeMap<&str, _> = scan.items.iter().filter_map(|one| Some((one.name.as_str(), one.item.as_ref()?))).collect();
    let declared = scan.sets.first().expect("a set");
    let listed = declared.entries.iter().filter_map(|entry| items.get(entry.as_str()).map(|item| (*item).clone())).collect();
    let mut set = PolicySet { items: listed, ..declared.set.clone().expect("a set that can be read") };
    set.resolve(&Types::default());

    let of_checks = best(|| set.clone(), |set| drop(black_box(check::check(set))));
    println!("\n{:>10} {:>8}  {count} tables, {} items", "ms", "ratio", set.items.len());
    let line = |what: &str, time: Duration| {
        println!("{:>10.1} {:>8.2}  {what}", micros(time) / 1e3, time.as_secs_f64() / of_checks.as_secs_f64());
    };
    line("linked and checked, without a proof", of_checks);
    line("judge: the same, and every proof", best(|| set.clone(), |set| drop(black_box(judge(set)))));
    let (checked, _) = judge(set).expect("a sound set");
    line("lints", best(|| (), |()| drop(black_box(lints(&checked)))));
    let old = State::of(checked.set());
    line("a state of it", best(|| (), |()| drop(black_box(State::of(checked.set())))));
    line("its matrix, as Markdown", best(|| (), |()| drop(black_box(Matrix::of(&old).markdown()))));
    let new = widened(&old);
    line("changes: the same twice", best(|| (), |()| drop(black_box(changes(&old, &old)))));
    line("changes: one policy of one table is wider", best(|| (), |()| drop(black_box(changes(&old, &new)))));
    let found = changes(&old, &new);
    assert!(matches!(found.all.as_slice(), [one] if one.change == Change::Wider), "{:?}", found.all);
}

/// The same with a policy in the middle for everything.
fn widened(state: &State) -> State {
    let mut new = state.clone();
    let middle = new.relations.len() / 2;
    let policy = new
        .relations
        .values_mut()
        .nth(middle)
        .and_then(|table| table.policies.iter_mut().find(|one| one.permissive && one.using.is_some()));
    policy.expect("a policy").using = Some(Expr::truth());
    new
}

/// How long each of some calls takes, in order.
fn times(calls: usize, mut call: impl FnMut()) -> Vec<Duration> {
    call();
    let mut times: Vec<Duration> = (0..calls)
        .map(|_| {
            let start = Instant::now();
            call();
            start.elapsed()
        })
        .collect();
    times.sort();
    times
}

fn times_of_reading(table: &Table, text: &str) -> f64 {
    micros(times(CALLS, || drop(black_box(expr::parse(text, table.scope()))))[CALLS / 2])
}

/// The smallest of some rounds; what a round needs is not timed.
fn best<T>(mut prepare: impl FnMut() -> T, mut call: impl FnMut(T)) -> Duration {
    let round = |needed: T, call: &mut dyn FnMut(T)| {
        let start = Instant::now();
        call(needed);
        start.elapsed()
    };
    (0..ROUNDS).map(|_| round(prepare(), &mut call)).min().unwrap_or_default()
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

fn short(text: &str) -> String {
    text.chars().take(90).collect()
}
