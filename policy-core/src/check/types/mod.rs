//! Every predicate has the types that PostgreSQL wants, and no comparison that NULL decides in silence.
//!
//! In: an item, and what is known of the others. Out: what PostgreSQL would refuse, and what it would accept and nobody
//! means. The types are those of `typing`; here stands what a fault is called and what to write instead. An item is
//! judged as declared, by the names of Rust, and once more in its linked set, by those of the database.

mod names;
mod sqlx;
mod told;

use crate::diag::{Code, Diagnostic, Part, RulePart, Sink, TriggerPart};
use crate::model::{Command, Expr, Item, Kind, PolicySet, Table, Tenancy, View};
use crate::typing::{self, Judgement, Names, TrapKind, World};

pub use names::Known;
use names::Scope;
pub use sqlx::holds;

/// An expression of an item.
struct Judged<'a> {
    part: Part,
    expr: &'a Expr,
    /// Whether new rows are held against it.
    is_check: bool,
}

impl Judged<'_> {
    /// What PostgreSQL calls it.
    fn word(&self) -> &'static str {
        if let Part::Trigger(..) = self.part { "WHEN" } else { "POLICY" }
    }
}

/// What it came to on the majors that count.
type Verdicts<'a> = Vec<(&'a World, Judgement)>;

/// Judges an item as declared, with what is known of others: perhaps nothing.
pub(super) fn item(item: &Item, known: &Known<'_>) -> Vec<Diagnostic> {
    let mut sink = Sink::new();
    judge(item, known, &mut sink);
    sink.finish()
}

/// Judges every item of a linked set.
pub(super) fn set(set: &PolicySet, sink: &mut Sink) {
    let known = Known::linked(set);
    for one in &set.items {
        sink.extend(item(one, &known).into_iter().map(|fault| fault.of(one.name())));
    }
}

fn judge<'a>(item: &'a Item, known: &'a Known<'a>, sink: &mut Sink) {
    let (context, columns) = match item {
        Item::Table(table) if !table.is_external() => (&table.context, table.columns.as_slice()),
        Item::View(view) => (&view.context, [].as_slice()),
        _ => return,
    };
    let scope = Scope::new(known, context.as_deref(), columns);
    let worlds: Vec<World> = known.majors().into_iter().map(|major| World::with(major, known.types())).collect();
    match item {
        Item::Table(table) => {
            for judged in predicates(table) {
                let each = worlds.iter().map(|world| (world, typing::condition(world, &scope.of(world), judged.expr, judged.word())));
                report(&judged, each.collect(), &scope, sink);
            }
        }
        Item::View(view) => of_view(view, &worlds, &scope, sink),
        _ => {}
    }
}

/// The query of a view, and each of its columns against its field.
fn of_view(view: &View, worlds: &[World], scope: &Scope<'_>, sink: &mut Sink) {
    let Some(query) = &view.query else { return };
    let whole = Expr::new(Kind::Exists(Box::new(query.clone()), false));
    let judged = Judged { part: Part::Query, expr: &whole, is_check: false };
    let each: Verdicts<'_> = worlds.iter().map(|world| (world, typing::value(world, &scope.of(world), &whole))).collect();
    let sound = each.iter().all(|(_, judgement)| judgement.faults.is_empty());
    report(&judged, each, scope, sink);
    if let (true, Some(world)) = (sound, worlds.last()) {
        let kinds = typing::columns(world, &scope.of(world), query);
        for ((kind, column), output) in kinds.into_iter().zip(&view.columns).zip(&query.columns) {
            sink.extend(kind.and_then(|kind| told::output(world, kind, column, output.at)));
        }
    }
}

/// Calls `then` with the types of what the predicates of a table may name, on the newest major that counts.
pub(super) fn with_names(table: &Table, known: &Known<'_>, then: &mut dyn FnMut(&World, &dyn Names)) {
    let scope = Scope::new(known, table.context.as_deref(), &table.columns);
    if let Some(major) = known.majors().into_iter().next_back() {
        let world = World::with(major, known.types());
        then(&world, &scope.of(&world));
    }
}

/// Every condition of a table, in the order written.
fn predicates(table: &Table) -> Vec<Judged<'_>> {
    let mut all = Vec::new();
    let mut add = |part, expr, is_check| all.push(Judged { part, expr, is_check });
    if let Tenancy::Own { predicate, .. } = &table.tenancy {
        add(Part::Tenant, predicate, false);
    }
    for (i, rule) in table.rules.iter().enumerate() {
        let inserts = rule.commands.iter().all(|on| on.command == Command::Insert);
        if let Some(using) = &rule.using {
            add(Part::Rule(i, RulePart::Using), using, inserts);
        }
        if let Some(check) = &rule.with_check {
            add(Part::Rule(i, RulePart::WithCheck), check, true);
        }
    }
    for (i, never) in table.nevers.iter().enumerate() {
        if let Some(using) = &never.using {
            add(Part::NeverUsing(i), using, false);
        }
    }
    for (i, trigger) in table.triggers.iter().enumerate() {
        if let Some(when) = &trigger.when {
            add(Part::Trigger(i, TriggerPart::When), when, false);
        }
    }
    all
}

/// What some major refuses; otherwise what may surprise.
fn report(judged: &Judged<'_>, each: Verdicts<'_>, scope: &Scope<'_>, sink: &mut Sink) {
    let refusing = each.iter().find(|(_, judgement)| !judgement.faults.is_empty());
    if let Some((_, judgement)) = refusing {
        let majors = |refuse: bool| -> Vec<u32> {
            each.iter().filter(|(_, one)| one.faults.is_empty() != refuse).map(|(world, _)| world.major()).collect()
        };
        let accepting = majors(false);
        sink.extend(judgement.faults.iter().map(|fault| told::fault(judged.part, fault, &majors(true), &accepting)));
        return;
    }
    let Some((_, judgement)) = each.into_iter().next_back() else { return };
    sink.extend(judgement.volatile.iter().map(|(at, name)| told::volatile(judged.part, *at, name)));
    sink.extend(judgement.depends.iter().filter_map(|(at, on)| told::depends(judged.part, *at, on)));
    let traps = judgement.traps.iter().filter(|trap| scope.is_told(&trap.kind));
    sink.extend(traps.filter_map(|trap| told::trap(judged, trap, scope)));
}

/// Whether a code is of a type that PostgreSQL refuses, whatever the item.
#[must_use]
pub fn is_of_types(code: Code) -> bool {
    told::ERRORS.contains(&code)
}

/// Whether an item shows a trap by itself; its own judgement has told of it then.
fn of_one_item(kind: &TrapKind) -> bool {
    !matches!(kind, TrapKind::NotInNullable(_) | TrapKind::UnequalUnset(_))
}
