//! Subqueries over the rows that are given: every combination of them is tried.

use super::value::Value;
use super::{Columns, Evaluator, Frame, Outcome, Row, not_evaluated};
use crate::model::{Expr, From, Join, JoinKind, Kind, Query, Source};

/// How many combinations of rows are tried.
const MOST: usize = 4096;

impl<'a> Evaluator<'a> {
    pub(super) fn exists(&mut self, query: &'a Query) -> Outcome<bool> {
        plain(query)?;
        let mut any = false;
        self.each_row(query, &mut |_| {
            any = true;
            Ok(())
        })?;
        Ok(any)
    }

    pub(super) fn scalar(&mut self, query: &'a Query) -> Outcome {
        let mut found = self.column(query)?;
        match (found.pop(), found.is_empty()) {
            (None, _) => Ok(Value::Null),
            (Some(value), true) => Ok(value),
            _ => not_evaluated("a query with several rows"),
        }
    }

    pub(super) fn array_query(&mut self, query: &'a Query) -> Outcome {
        let mut items = self.column(query)?;
        if query.distinct && items.len() > 1 {
            return not_evaluated("DISTINCT");
        }
        if items.len() > 1 {
            // In which order they come is not known; what asks for it is not evaluated.
            items.sort_by_key(ToString::to_string);
        }
        Ok(Value::Array(items))
    }

    fn column(&mut self, query: &'a Query) -> Outcome<Vec<Value>> {
        plain(query)?;
        let [column] = query.columns.as_slice() else { return not_evaluated("a query of several columns") };
        let mut found = Vec::new();
        self.each_row(query, &mut |own| {
            found.push(own.value(column)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// `left op ANY (query)`, or ALL.
    pub(super) fn any_query(&mut self, left: &'a Expr, op: &str, query: &'a Query, all: bool) -> Outcome<Option<bool>> {
        plain(query)?;
        let value = self.value(left)?;
        let mut found = Vec::new();
        self.each_row(query, &mut |own| {
            found.push(match (&value, query.columns.as_slice()) {
                (Value::Row(_), columns) => Value::Row(own.values(columns)?),
                (_, [column]) => own.value(column)?,
                _ => return not_evaluated("a query of several columns"),
            });
            Ok(())
        })?;
        let mut null = false;
        for item in found {
            match value.compares(op, &item)? {
                Some(holds) if holds != all => return Ok(Some(!all)),
                Some(_) => {}
                None => null = true,
            }
        }
        Ok(if null { None } else { Some(all) })
    }

    /// Every row of FROM of which WHERE is TRUE.
    fn each_row(&mut self, query: &'a Query, found: &mut dyn FnMut(&mut Self) -> Outcome<()>) -> Outcome<()> {
        let outer = self.frames.len();
        let mut all: Vec<Vec<Frame<'a>>> = vec![Vec::new()];
        for from in &query.from {
            let rows = self.joined(from)?;
            all = all.iter().flat_map(|before| rows.iter().map(|row| before.iter().chain(row).copied().collect())).collect();
            if all.len() > MOST {
                return not_evaluated("a query over so many rows");
            }
        }
        for row in all {
            self.frames.truncate(outer);
            self.frames.extend(row);
            let holds = match &query.filter {
                Some(filter) => self.truth(filter),
                None => Ok(Some(true)),
            };
            let done = match holds {
                Ok(Some(true)) => found(self),
                Ok(_) => Ok(()),
                Err(reason) => Err(reason),
            };
            if done.is_err() {
                self.frames.truncate(outer);
                return done;
            }
        }
        self.frames.truncate(outer);
        Ok(())
    }

    fn rows(&self, source: &Source) -> &'a [Columns] {
        self.row.others.get(&Row::relation(source)).map_or(&[], Vec::as_slice)
    }

    /// The rows of a relation and what is joined to it.
    fn joined(&mut self, from: &'a From) -> Outcome<Vec<Vec<Frame<'a>>>> {
        let mut all: Vec<Vec<Frame<'a>>> = self.rows(&from.source).iter().map(|row| vec![(from.alias.as_str(), Some(row))]).collect();
        for join in &from.joins {
            all = self.join(all, join)?;
            if all.len() > MOST {
                return not_evaluated("a query over so many rows");
            }
        }
        Ok(all)
    }

    fn join(&mut self, left: Vec<Vec<Frame<'a>>>, join: &'a Join) -> Outcome<Vec<Vec<Frame<'a>>>> {
        if matches!(join.kind, JoinKind::Right | JoinKind::Full) {
            return not_evaluated("a join of that kind");
        }
        let outer = self.frames.len();
        let mut all = Vec::new();
        for before in left {
            let mut met = false;
            for row in self.rows(&join.source) {
                let both: Vec<Frame<'a>> = before.iter().copied().chain([(join.alias.as_str(), Some(row))]).collect();
                self.frames.truncate(outer);
                self.frames.extend(both.iter().copied());
                let holds = join.on.as_ref().map_or(Ok(Some(true)), |on| self.truth(on));
                self.frames.truncate(outer);
                if holds? == Some(true) {
                    met = true;
                    all.push(both);
                }
            }
            if !met && join.kind == JoinKind::Left {
                all.push(before.into_iter().chain([(join.alias.as_str(), None)]).collect());
            }
        }
        Ok(all)
    }
}

/// Columns that decide how many rows there are are not evaluated.
fn plain(query: &Query) -> Outcome<()> {
    let mut calls = false;
    for column in &query.columns {
        column.visit(&mut |expr| calls |= matches!(expr.kind, Kind::Call(..) | Kind::Routine(..)));
    }
    if calls { not_evaluated("a query whose columns call functions") } else { Ok(()) }
}
