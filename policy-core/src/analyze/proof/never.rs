//! H0907, H0908: `never(.., using(condition))`: no row of which the condition holds is reached, by any declared way.
//!
//! In: effective access and its doors. Out: a row and the way to it, or what stands in the way of a proof.

use super::told::{Told, seen};
use super::view::shows_within;
use super::{Facts, present};
use crate::analyze::ask::Asker;
use crate::analyze::effective::{Door, Way, Who};
use crate::analyze::reach::{Reach, Side, of_alias, reach};
use crate::analyze::state::RelationKind;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Command, Expr, Grantee, Kind, Never, Privilege, Relation, Source, Table};
use crate::render::{expr::said, quote};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for table in facts.set.tables() {
        for (number, never) in table.nevers.iter().enumerate() {
            let Some(condition) = &never.using else { continue };
            let place = Place::Part(Part::Never(number));
            for who in named(facts, never) {
                sink.extend(judge(facts, table, never, condition, who).map(|fault| Diagnostic { place, ..fault }.of(&table.item)));
            }
        }
    }
}

/// Whom a `never` is for: PUBLIC is everyone but the owner and those whom row security is not for.
fn named<'a>(facts: &Facts<'a>, never: &'a Never) -> Vec<Who<'a>> {
    if never.to.contains(&Grantee::Public) {
        return facts.askers().collect();
    }
    never.to.iter().map(crate::check::access::who).collect()
}

/// The first way to a forbidden row; else what cannot be proved.
fn judge<'a>(facts: &Facts<'a>, table: &'a Table, never: &Never, condition: &Expr, who: Who<'a>) -> Option<Diagnostic> {
    let commands: Vec<Command> = Command::ALL.iter().copied().filter(|command| denies(never, command.privilege())).collect();
    let mut doubt = None;
    for door in facts.effective.doors(who, &table.relation) {
        if passes_exempt(facts, &door) {
            continue;
        }
        if matches!(door.way, Way::Beside(Privilege::Truncate)) && denies(never, Privilege::Truncate) {
            return Some(reached(facts, who, table, "truncate", &door, "every row: TRUNCATE asks no policy"));
        }
        for command in ways(&door, &commands) {
            let told = through(facts, table, condition, &door, command);
            let told = facts.keeping(told, &table.item, || {
                let (role, condition) = (facts.said(who), said(condition));
                format!("`{role}` never {}s a row with {condition}, {}", command.word(), way(facts, who, &door))
            });
            let found = match told {
                Told::Proved(_) => continue,
                Told::Row(row, on) if on.is_empty() => return Some(reached(facts, who, table, command.word(), &door, &seen(&row, "seen"))),
                Told::Row(row, on) => unproved(
                    facts,
                    who,
                    table,
                    command,
                    &door,
                    format!("for example {}, and it hangs on {}", seen(&row, "seen"), on.join(", ")),
                ),
                Told::Unknown(why) => unproved(facts, who, table, command, &door, why),
            };
            doubt.get_or_insert(found);
        }
    }
    doubt
}

fn denies(never: &Never, wanted: Privilege) -> bool {
    never.privileges.iter().any(|privilege| *privilege == wanted || *privilege == Privilege::All)
}

/// A role that is the owner or passes row security: what it does is an assumption, told elsewhere.
fn passes_exempt(facts: &Facts<'_>, door: &Door<'_>) -> bool {
    matches!(door.identity, Who::Role(name) if facts.effective.roles().is_exempt(name))
}

/// The commands of a `never` that a door lets through. A view or function is read; what else it does is its own.
fn ways(door: &Door<'_>, commands: &[Command]) -> Vec<Command> {
    match door.way {
        Way::Beside(_) => Vec::new(),
        Way::View(_) | Way::Opaque(_) => commands.iter().copied().filter(|command| *command == Command::Select).collect(),
        Way::Function(_) => commands.first().copied().into_iter().collect(),
        Way::Direct | Way::Partitions => commands.to_vec(),
    }
}

fn through(facts: &Facts<'_>, table: &Table, condition: &Expr, door: &Door<'_>, command: Command) -> Told {
    match &door.way {
        Way::Direct => {
            let reached = reach(facts.effective, door.identity, &table.relation, command);
            of_reach(facts, &table.relation, condition, door.identity, &reached)
        }
        Way::View(path) => of_view(facts, table, condition, door, path),
        Way::Opaque(path) => {
            Told::Unknown(format!("what `{}` reads is not known", path.last().map(|last| quote::relation(last)).unwrap_or_default()))
        }
        Way::Function(function) => {
            let name = quote::relation(&function.path);
            Told::Unknown(format!("the function `{name}` runs with the rights of its definer, and its body decides what it does"))
        }
        Way::Partitions => Told::Unknown("partitions can be named themselves, and have no policies".to_owned()),
        Way::Beside(_) => Told::Proved(Vec::new()),
    }
}

fn of_reach(facts: &Facts<'_>, relation: &Relation, condition: &Expr, who: Who<'_>, reached: &Reach) -> Told {
    if reached.is_nothing() {
        return Told::Proved(Vec::new());
    }
    let mut all = Told::Proved(Vec::new());
    for side in [&reached.old, &reached.new] {
        let told = match side {
            Side::Absent => Told::Proved(Vec::new()),
            Side::Rows { of, condition: rows } if of == relation => {
                let asker = Asker::new(facts.effective, facts.shared, who, relation);
                match (asker.inlined(rows), asker.inlined(condition)) {
                    (Some(rows), Some(condition)) => asker.can_hold(&[&rows, &condition], &[]).into(),
                    _ => Told::Unknown("a policy reads tables in a way that is not followed".to_owned()),
                }
            }
            _ => Told::Unknown("what it reaches is not known".to_owned()),
        };
        match told {
            Told::Row(..) => return told,
            told => all = all.and(told),
        }
    }
    all
}

/// What a view shows of the table: its own rows, or those in what it makes of several.
fn of_view(facts: &Facts<'_>, table: &Table, condition: &Expr, door: &Door<'_>, path: &[&Relation]) -> Told {
    let nested = || Told::Unknown("a view reads another view, which is not followed".to_owned());
    let [view] = path else { return nested() };
    let reader = door.acting.unwrap_or(door.identity);
    let shown = facts.effective.relation(view).map(|found| &found.kind);
    if matches!(shown, Some(RelationKind::View { query: Some(query), .. }) if shows_within(query, &table.relation)) {
        return Told::Unknown("a subquery among the columns of the view reads the table".to_owned());
    }
    let reached = reach(facts.effective, door.identity, view, Command::Select);
    if matches!(&reached.old, Side::Rows { of, .. } if *of == table.relation) {
        return of_reach(facts, &table.relation, condition, reader, &reached);
    }
    let Some(RelationKind::View { query: Some(query), .. }) = facts.effective.relation(view).map(|found| &found.kind) else {
        return nested();
    };
    let asker = Asker::new(facts.effective, facts.shared, reader, view);
    let condition = facts.shared.carried(condition, &table.relation, view);
    let mut all = Told::Proved(Vec::new());
    let own = Source::Relation(table.relation.clone());
    for (_, alias, _) in query.sources().filter(|(source, ..)| **source == own) {
        let Some(present) = present(table, query, alias) else {
            all = Told::Unknown("an outer join of the table leaves open whether there is a row".to_owned());
            continue;
        };
        let filter = query.filter.iter().cloned().chain([of_alias(&condition, alias)]).chain(present);
        let shown = crate::model::Query { filter: Some(Expr::all(filter)), ..query.clone() };
        let told = match asker.inlined(&Expr::new(Kind::Exists(Box::new(shown), false))) {
            Some(shown) => asker.can_hold(&[&shown], &[]).into(),
            None => Told::Unknown("the view reads tables in a way that is not followed".to_owned()),
        };
        match told {
            Told::Row(..) => return told,
            told => all = all.and(told),
        }
    }
    all
}

fn reached(facts: &Facts<'_>, who: Who<'_>, table: &Table, word: &str, door: &Door<'_>, row: &str) -> Diagnostic {
    let message = format!("`{}` may {word} a row of `{}` that `never` forbids", facts.said(who), table.item);
    Diagnostic::new(codes::FORBIDDEN_ROW, Place::Part(Part::Item), message)
        .note(format!("for example {row}"))
        .note(way(facts, who, door))
        .help("narrow the rule that admits it, or what `never` forbids")
}

fn unproved(facts: &Facts<'_>, who: Who<'_>, table: &Table, command: Command, door: &Door<'_>, why: String) -> Diagnostic {
    let message = format!("it is not proved that `{}` never {}s such a row of `{}`", facts.said(who), command.word(), table.item);
    Diagnostic::new(codes::NEVER_UNPROVED, Place::Part(Part::Item), message)
        .note(why)
        .note(way(facts, who, door))
        .help("if a review has shown it: `allow(H0908, reason = \"..\")`")
}

fn way(facts: &Facts<'_>, who: Who<'_>, door: &Door<'_>) -> String {
    let what = match &door.way {
        Way::View(path) | Way::Opaque(path) => {
            format!("the view `{}`", path.iter().map(|one| quote::relation(one)).collect::<Vec<_>>().join("`, through `"))
        }
        Way::Function(function) => format!("the function `{}`", quote::relation(&function.path)),
        _ => "a statement on the table".to_owned(),
    };
    if door.identity == who { format!("by {what}") } else { format!("by {what}, after SET ROLE `{}`", facts.said(door.identity)) }
}
