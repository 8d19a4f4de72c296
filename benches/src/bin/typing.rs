//! `cargo run --release -p benches --bin typing`: what it costs to type a predicate, beside reading it with sqlparser.
//!
//! The first predicate of a process decodes the catalogs that it needs; rustc pays that once for a crate. Run it without
//! `--release` as well: a procedural macro is built without optimisation unless a profile says otherwise.

use std::hint::black_box;
use std::time::{Duration, Instant};

use benches::{BASE, policy, set, structs};
use policy_core::build::{Source, scan_texts};
use policy_core::check::{self, Known};
use policy_core::diag::Part;
use policy_core::expr::{self, Form, Scope};
use policy_core::model::{Column, Item};
use policy_core::typing::{self, Given, NEWEST, Names, Signature, World};

const TABLES: usize = 1000;
const ROUNDS: u32 = 7;

/// Forms of real policies, from one leaf to thirteen.
const PREDICATES: &[&str] = &[
    "owner_id = tenant_id",
    "status <> 'closed'",
    "status IN ('draft', 'public', 'archived')",
    "created_at > now() - interval '30 days' OR (NOT done AND amount < 100)",
    "coalesce(nullif(lower(title), ''), 'untitled') LIKE 'a%' AND amount BETWEEN 1 AND 1000",
    "CASE WHEN done THEN amount > 0 WHEN status = 'draft' THEN true ELSE owner_id IS NOT NULL END",
    "owner_id = '11111111-1111-4111-8111-111111111111' OR (status = 'public' AND created_at < '2024-01-31 10:00+00' AND amount % 2 = 0
        AND length(title) > 3 AND NOT done AND title !~ '^x' AND id IN (1, 2, 3) AND amount = ANY(ARRAY[1, 2, 3]) AND id <> amount
        AND date_trunc('day', created_at) = created_at AND upper(status) = 'A' AND extract(year FROM created_at) > 2000 AND (id, amount) > (1, 2))",
];

struct Own<'a>(&'a World, &'a [Column]);

impl Names for Own<'_> {
    fn own(&self, column: &str) -> Option<Given> {
        let found = self.1.iter().find(|own| own.name.as_str() == column)?;
        Some(Given { kind: self.0.find(&found.kind), nullable: found.nullable })
    }
    fn column(&self, _: &policy_core::model::Source, _: &str) -> Option<Given> {
        None
    }
    fn ctx(&self, _: &str) -> Option<Given> {
        None
    }
    fn routine(&self, _: &policy_core::model::Routine) -> Option<Vec<Signature>> {
        None
    }
}

fn main() {
    let text = format!("{BASE}\npub type X = (); {}\n{}", structs(0, TABLES, "#[derive(Policy)]", policy), set(TABLES));
    let text = text.replace("pub struct DateTime;", "").replace("created_at: DateTime", "created_at: DateTime<Utc>");
    let scan = scan_texts(vec![Source { shown: "bench.rs".to_owned(), text, folder: None }]);
    let items: Vec<&Item> = scan.items.iter().filter_map(|declared| declared.item.as_ref()).collect();
    let Some(Item::Table(table)) = items.iter().find(|item| matches!(item, Item::Table(_))) else { panic!("no table: {:?}", scan.faults) };

    let start = Instant::now();
    let world = World::new(NEWEST);
    let names = Own(&world, &table.columns);
    let scope = Scope { columns: &table.columns, context: true, form: Form::Sql, part: Part::Item };
    let read = |text: &str| expr::parse(text, scope).expr.unwrap_or_else(|| panic!("not a predicate: {text}"));
    let first = read(PREDICATES[0]);
    black_box(typing::predicate(&world, &names, &first));
    println!("the first predicate of a process: {} us, with the catalogs decoded\n", start.elapsed().as_micros());

    println!("{:>6} {:>10} {:>10} {:>8}  predicate", "leaves", "typing us", "reading us", "ratio");
    for text in PREDICATES {
        let expr = read(text);
        let judged = typing::predicate(&world, &names, &expr);
        assert!(judged.faults.is_empty(), "{text}: {:?}", judged.faults);
        let typed = best(|| drop(black_box(typing::predicate(&world, &names, &expr))));
        let parsed = best(|| drop(black_box(expr::parse(text, scope))));
        let mut leaves = 0;
        expr.visit(&mut |one| leaves += usize::from(one.children().is_empty()));
        let short: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect();
        println!("{leaves:>6} {:>10.1} {:>10.1} {:>8.2}  {short}", micros(typed), micros(parsed), micros(typed) / micros(parsed));
    }

    let judged = best_of(3, || items.iter().for_each(|item| drop(black_box(check::item_in(item, &Known::nothing())))));
    let start = Instant::now();
    black_box(scan_texts(scan.files.clone()));
    let scanned = start.elapsed();
    println!("\n{TABLES} structs: every check of an item, typing included, {judged:.0?}; reading them {scanned:.0?}, checks included");
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

/// The smallest of several rounds of some hundred calls, for one call.
fn best(mut call: impl FnMut()) -> Duration {
    const CALLS: u32 = 300;
    best_of(ROUNDS, || (0..CALLS).for_each(|_| call())) / CALLS
}

fn best_of(rounds: u32, mut call: impl FnMut()) -> Duration {
    let round = |call: &mut dyn FnMut()| {
        let start = Instant::now();
        call();
        start.elapsed()
    };
    (0..rounds).map(|_| round(&mut call)).min().unwrap_or_default()
}
