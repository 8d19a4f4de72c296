//! H0831 to H0835: what logs tell of, who writes them, and that nobody alters them.

use std::collections::BTreeSet;

use super::Facts;
use crate::diag::{Diagnostic, LogPart, Part, Place, RulePart, Sink, codes, listed};
use crate::model::{Base, Column, Command, Grantee, Ident, Log, Privilege, RowOf, Rule, RuleKind, Table};

use super::super::access::{By, Hold};
use super::super::roles::Who;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for table in facts.set.tables() {
        let Some(log) = &table.log else { continue };
        let mut found = Sink::new();
        for (i, row) in log.rows.iter().enumerate() {
            let place = Place::Part(Part::Log(LogPart::Row(i)));
            match facts.set.tables().find(|of| of.item == row.item) {
                Some(of) if !of.is_external() => columns(table, log, row, of, place, &mut found),
                Some(_) => found.push(foreign(&row.item, "external", place)),
                None => found.push(foreign(&row.item, "a view", place)),
            }
        }
        match &log.writer {
            Some(writer) => {
                around(facts, table, &mut found);
                a_writer(facts, table, writer, &mut found);
                may_write(facts, table, log, writer, &mut found);
                altered(facts, table, writer, sink);
            }
            None => may_read(facts, table, log, &mut found),
        }
        sink.extend(found.finish().into_iter().map(|fault| fault.of(&table.item)));
    }
}

fn foreign(item: &str, what: &str, place: Place) -> Diagnostic {
    let message = format!("`{item}` is {what}: its rows cannot be logged");
    Diagnostic::new(codes::LOG_TABLE, place, message)
        .note("a log needs the row security and the triggers of the tables that it tells of")
        .help(format!("take `{item}` out of `rows(..)`"))
}

/// The key and the copied columns of one table.
fn columns(table: &Table, log: &Log, row: &RowOf, of: &Table, place: Place, sink: &mut Sink) {
    const KEYS: &[&str] = &["uuid", "smallint", "integer", "bigint", "text"];
    if let Some(key) = of.column(&row.key) {
        let said = format!("`{}.{}`", of.item, key.field);
        if !KEYS.iter().any(|kind| key.kind.is(kind)) && !matches!(key.kind.base, Base::Opaque(_)) {
            let message = format!("{said} is `{}`, which no log can have as a key", key.kind);
            sink.push(
                Diagnostic::new(codes::LOG_COLUMN, place, message).help(format!("name a key that is {}", listed(KEYS.iter().copied()))),
            );
        } else if key.nullable {
            let message = format!("{said} may be NULL, and is to be a key");
            sink.push(Diagnostic::new(codes::LOG_COLUMN, place, message).help("name the primary key"));
        }
    }
    for (own, theirs) in log.copy.iter().zip(&row.copy) {
        let (Some(own), Some(theirs)) = (table.column(own.as_str()), of.column(theirs)) else { continue };
        sink.extend(unlike(own, theirs, of, place));
    }
}

fn unlike(own: &Column, theirs: &Column, of: &Table, place: Place) -> Option<Diagnostic> {
    let fault = |message: String, help: String| Some(Diagnostic::new(codes::LOG_COLUMN, place, message).help(help));
    if own.kind != theirs.kind {
        let message = format!("`{}` is `{}`, `{}.{}` is `{}`", own.field, own.kind, of.item, theirs.field, theirs.kind);
        return fault(message, "a column is copied to one of the same type".to_owned());
    }
    if theirs.nullable && !own.nullable {
        let message = format!("`{}.{}` may be NULL, `{}` of the log may not", of.item, theirs.field, own.field);
        return fault(message, format!("make `{}` an `Option`, here and in the table", own.field));
    }
    None
}

/// A log that tells of a log that tells of it: each entry asks for another one.
fn around(facts: &Facts<'_>, table: &Table, sink: &mut Sink) {
    let told = |item: &str| facts.set.tables().find(|other| other.item == item).and_then(|other| other.log.as_ref());
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut todo: Vec<&str> = told(&table.item).into_iter().flat_map(|log| &log.rows).map(|row| row.item.as_str()).collect();
    while let Some(item) = todo.pop() {
        if item == table.item {
            sink.push(
                Diagnostic::new(codes::LOG_OF_ITSELF, Place::Part(Part::Log(LogPart::Whole)), format!("`{item}` logs a log that logs it"))
                    .note("each entry would ask for another one")
                    .help("take one log out of the `rows(..)` of the other"),
            );
            return;
        }
        if seen.insert(item) {
            let rows = told(item).filter(|log| log.writer.is_some()).into_iter().flat_map(|log| &log.rows);
            todo.extend(rows.map(|row| row.item.as_str()));
        }
    }
}

/// The writer is a role that only the triggers act as.
fn a_writer(facts: &Facts<'_>, table: &Table, writer: &str, sink: &mut Sink) {
    let Some(role) = facts.roles.get(writer) else { return };
    let why = if facts.roles.owner() == Some(writer) {
        "owns the tables"
    } else if role.bypass_rls.is_some() {
        "bypasses row security"
    } else if role.login {
        "may log in"
    } else if facts.roles.serves_requests(writer) {
        "is a role that requests can act as"
    } else {
        return;
    };
    sink.push(
        Diagnostic::new(
            codes::LOG_WRITER,
            Place::Part(Part::Log(LogPart::Writer)),
            format!("`{}` {why}: it is no writer of a log", role.item),
        )
        .note("what the triggers may write, nobody else may: else an entry proves nothing")
        .help(format!("give `{}` a role of its own, without `login` and without members", table.item)),
    );
}

/// Whether the writer may insert what it writes, by a rule of its own.
fn may_write(facts: &Facts<'_>, table: &Table, log: &Log, writer: &str, sink: &mut Sink) {
    let mut open: BTreeSet<&str> = BTreeSet::new();
    let mut all = false;
    let of_writer = |rule: &&Rule| rule.kind == RuleKind::Permit && rule.to.contains(&Grantee::Role(writer.to_owned()));
    for on in table.rules.iter().filter(of_writer).flat_map(|rule| &rule.commands).filter(|on| on.command == Command::Insert) {
        match &on.columns {
            Some(columns) => open.extend(columns.iter().map(Ident::as_str)),
            None => all = true,
        }
    }
    let written = written(log);
    if all || written.iter().all(|name| open.contains(name)) {
        return;
    }
    let item = facts.roles.item(writer);
    let fields = written.iter().filter_map(|name| table.column(name)).map(|column| column.field.as_str());
    let (message, columns) = if open.is_empty() {
        (format!("`{item}` may not insert into `{}`, which it is to write", table.item), String::new())
    } else {
        let list = fields.collect::<Vec<_>>().join(", ");
        (format!("`{item}` may not insert every column of `{}` that it is to write", table.item), format!("({list})"))
    };
    let rows = if table.has_tenant() || table.no_rls.is_some() { "" } else { ", using(true)" };
    sink.push(
        Diagnostic::new(codes::LOG_WRITER, Place::Part(Part::Log(LogPart::Writer)), message)
            .note("the triggers insert with the rights of the writer, under the policies of the log")
            .help(format!("add `permit(insert{columns}, to = {item}{rows})`")),
    );
}

/// What the triggers write, by database name.
fn written(log: &Log) -> Vec<&str> {
    let kept = [&log.command, &log.old, &log.new, &log.at, &log.role, &log.context];
    let alone = [&log.table, &log.row].into_iter().chain(&log.copy).chain(kept.into_iter().flatten());
    alone.chain(log.by.iter().map(|(name, _)| name)).map(Ident::as_str).collect()
}

/// Without a writer: whoever inserts must be able to read what is copied.
fn may_read(facts: &Facts<'_>, table: &Table, log: &Log, sink: &mut Sink) {
    let inserts = |who: &Who<'_>| facts.access.may(&facts.roles, *who, &table.relation, Privilege::Insert, &BTreeSet::new());
    for asker in facts.askers.iter().copied().filter(inserts) {
        let item = match asker {
            Who::Public => "PUBLIC",
            Who::Role(name) => facts.roles.item(name),
        };
        for (i, row) in log.rows.iter().enumerate() {
            let Some(of) = facts.set.tables().find(|of| of.item == row.item) else { continue };
            let read: BTreeSet<&str> = std::iter::once(&row.key).chain(&row.copy).map(String::as_str).collect();
            if facts.access.may(&facts.roles, asker, &of.relation, Privilege::Select, &read) {
                continue;
            }
            let fields: BTreeSet<&str> = read.iter().filter_map(|name| of.column(name)).map(|column| column.field.as_str()).collect();
            let line = format!("permit(select({}), to = {item})", fields.into_iter().collect::<Vec<_>>().join(", "));
            sink.push(
                Diagnostic::new(
                    codes::LOG_WRITER,
                    Place::Part(Part::Log(LogPart::Row(i))),
                    format!("`{item}` may write to `{}` and not read what is copied from `{}`", table.item, of.item),
                )
                .note("the trigger reads the row with the rights of whoever writes to the log: a row that they do not see is refused")
                .help(format!("add `{line}` to `{}`, or give the log a `writer`", of.item)),
            );
        }
    }
}

/// Whoever may write beside the triggers, or change what they wrote.
fn altered(facts: &Facts<'_>, table: &Table, writer: &str, sink: &mut Sink) {
    const ALTERING: &[Privilege] = &[Privilege::Update, Privilege::Delete, Privilege::Truncate, Privilege::Trigger];
    for hold in facts.access.holds(&table.relation) {
        let forges = hold.privilege == Privilege::Insert && hold.to != Who::Role(writer);
        if !forges && !ALTERING.contains(&hold.privilege) {
            continue;
        }
        let (place, item) = match hold.by {
            By::Permit(i) => (Part::Rule(i, RulePart::Whole), table.item.as_str()),
            By::Grant(i) => (Part::Grant(i), table.item.as_str()),
            By::Schema(schema, i) => (Part::Grant(i), schema.item.as_str()),
            By::Default(item, i) => (Part::Default(i), item),
            // They have no policy on the table: row security leaves them no row.
            By::Predefined | By::Owner => continue,
        };
        sink.push(Diagnostic { place: Place::Part(place), ..forbidden(facts, table, hold) }.of(item));
    }
}

fn forbidden(facts: &Facts<'_>, table: &Table, hold: &Hold<'_>) -> Diagnostic {
    let who = match hold.to {
        Who::Public => "PUBLIC",
        Who::Role(name) => facts.roles.item(name),
    };
    let what = match hold.privilege {
        Privilege::Insert => "write to".to_owned(),
        other => format!("`{}` on", other.word()),
    };
    Diagnostic::new(codes::LOG_ALTERED, Place::Part(Part::Item), format!("`{who}` may {what} the log `{}`", table.item))
        .note("its writer alone inserts, and nobody changes or removes an entry: else an entry proves nothing")
        .help("take it away; `permit(select, ..)` is all that others need")
}
