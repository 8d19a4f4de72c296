//! Triggers and logs: the functions, tables, keys and columns of other items that they name.
//!
//! In: a trigger or log as declared. Out: the same by database names, and a fault for every name that leads nowhere.

use super::{Linker, Names, grantees, no_column, no_own_column};
use crate::diag::{Diagnostic, LogPart, Part, Place, Sink, TriggerPart, codes, nearest};
use crate::model::{Expr, Grantee, Ident, Kind, Log, Routine, RowOf, Trigger};

impl Linker<'_> {
    pub(super) fn trigger(&mut self, index: usize, trigger: &mut Trigger) {
        let part = |part| Part::Trigger(index, part);
        self.own_columns(trigger.events.iter().flat_map(|event| event.columns.iter().flatten()), part(TriggerPart::Whole));
        if let Some(when) = &trigger.when {
            // Its two rows are rows of this table.
            self.expr(&mut of_one_row(when), part(TriggerPart::When), &mut Vec::new());
        }
        match self.names.routines.called(&trigger.execute, &[]) {
            Ok((path, _)) => trigger.execute = Routine::Named(path.clone()),
            Err(wrong) => self.sink.push(wrong.at(Place::Part(part(TriggerPart::Execute)))),
        }
    }

    pub(super) fn log(&mut self, log: &mut Log) {
        let part = |part| Part::Log(part);
        if let Some(writer) = &mut log.writer {
            let mut to = vec![Grantee::Role(std::mem::take(writer))];
            grantees(&mut to, self.names, |_| part(LogPart::Writer), self.sink);
            if let Some(Grantee::Role(name)) = to.pop() {
                *writer = name;
            }
        }
        for (i, row) in log.rows.iter_mut().enumerate() {
            row_of(row, self.names, Place::Part(part(LogPart::Row(i))), self.sink);
        }
        let own: Vec<&Ident> = columns(log);
        self.own_columns(own.into_iter(), part(LogPart::Whole));
        for (i, (column, value)) in log.by.iter().enumerate() {
            let place = part(LogPart::By(i));
            if self.own.is_some_and(|own| own.column(column.as_str()).is_none()) {
                self.sink.push(no_own_column(column.as_str(), Place::Part(place)));
            }
            let own = Expr::new(Kind::Own(column.as_str().to_owned()));
            let mut set = Expr::new(Kind::Binary("=".to_owned(), Box::new(own), Box::new(value.clone())));
            self.expr(&mut set, place, &mut Vec::new());
            self.assigned(column.as_str(), value, place);
        }
    }
}

/// Every column of its own table that a log names, but for `by`.
fn columns(log: &Log) -> Vec<&Ident> {
    let kept = [&log.command, &log.old, &log.new, &log.at, &log.role, &log.context];
    [&log.table, &log.row].into_iter().chain(&log.copy).chain(kept.into_iter().flatten()).collect()
}

/// The same condition with `new` and `old` for one row of the table.
#[must_use]
pub fn of_one_row(when: &Expr) -> Expr {
    let mut expr = when.clone();
    expr.visit_mut(&mut |one| {
        if let Kind::Column(_, column) = &one.kind {
            one.kind = Kind::Own(column.clone());
        }
    });
    expr
}

/// A table with its key, and what is copied of it.
pub(super) fn row_of(row: &mut RowOf, names: &Names, place: Place, sink: &mut Sink) {
    let Some(table) = names.tables.get(&row.item) else {
        sink.push(
            Diagnostic::new(codes::NOT_IN_SET, place, format!("`{}` is not a table of the set", row.item))
                .maybe_help(nearest(&row.item, names.tables.keys().map(String::as_str)).map(|near| format!("did you mean `{near}`?")))
                .help(format!("list `{}` in the `items` of the `policy_set!`", row.item)),
        );
        return;
    };
    for field in std::iter::once(&mut row.key).chain(&mut row.copy) {
        match table.columns.iter().find(|(known, ..)| known == field) {
            Some((_, name, _)) => *field = name.as_str().to_owned(),
            None => sink.push(no_column(field, &row.item, table, place)),
        }
    }
}
