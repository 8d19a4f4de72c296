//! Subqueries: whether there is a row, and which values it has.
//!
//! In: a query and what its names mean. Out: a predicate over the columns around that it names. Must not know its rows: those are
//! `unfold`'s. Everything that asks a query for truth is a question after a row: `x IN (q)` is TRUE if a row has it, NULL if none
//! has but one might.

use super::scope::Scope;
use super::unfold::Asked;
use super::value::{Applied, LOOSE, Val, What};
use super::{Encoder, Pair, canon};
use crate::model::Volatility;
use crate::model::{Expr, Kind, Literal, Query, Test};
use crate::prove::space::Ref;
use crate::typing::TypeId;
use crate::typing::catalog::Catalog;
use crate::typing::meaning;

impl Encoder<'_> {
    /// `EXISTS (query)`.
    pub(super) fn exists(&mut self, query: &Query, scope: &Scope) -> Pair {
        let (aggregate, set) = self.rows_by_columns(query);
        if aggregate && !set && !query.from.is_empty() {
            // One row, whatever there is.
            return Pair::TRUE;
        }
        if set || aggregate {
            return Pair::sure(self.row_atom(query, true, scope));
        }
        if query.from.is_empty() {
            let holds = query.filter.as_ref().map_or(Ref::TRUE, |filter| self.truth(filter, scope).holds);
            return Pair::sure(holds);
        }
        Pair::sure(self.row(query, scope))
    }

    /// Whether its columns decide how many rows it has: an aggregate, a set.
    fn rows_by_columns(&self, query: &Query) -> (bool, bool) {
        let (mut aggregate, mut set) = (false, false);
        for column in &query.columns {
            let mut all = vec![column];
            while let Some(expr) = all.pop() {
                if let Kind::Call(name, _) = &expr.kind {
                    let (one, several) = meaning::is_of_rows(self.world, name);
                    (aggregate, set) = (aggregate || one, set || several);
                }
                // A declared function may give rows.
                set |= matches!(expr.kind, Kind::Routine(..)) && self.facts_give_rows(expr);
                all.extend(expr.children().into_iter().filter(|_| expr.query().is_none()));
            }
        }
        (aggregate, set)
    }

    fn facts_give_rows(&self, expr: &Expr) -> bool {
        if let Kind::Routine(routine, _) = &expr.kind { self.facts.routine(routine).is_none() } else { false }
    }

    /// The predicate that a plain query has a row; its rows are looked at later.
    fn row(&mut self, query: &Query, scope: &Scope) -> Ref {
        let atom = self.row_atom(query, false, scope);
        if self.is_steady(query) && !self.asked.iter().any(|asked| asked.atom == atom) {
            self.asked.push(Asked { query: query.clone(), scope: scope.clone(), atom, value: None });
        }
        atom
    }

    /// A predicate of the columns around that a query names, by its text.
    fn row_atom(&mut self, query: &Query, columns: bool, scope: &Scope) -> Ref {
        let (mut body, outer) = canon::body(query, columns, scope, &self.rows);
        if !self.is_steady(query) {
            self.calls += 1;
            body = format!("{body} #{}", self.calls);
        }
        let (args, kinds) = (self.outer_terms(&outer), self.outer_kinds(&outer));
        let symbol = self.space.symbol(&format!("EXISTS ({body}){kinds}"));
        self.space.holds(symbol, args)
    }

    fn outer_terms(&mut self, outer: &[(usize, String)]) -> Vec<super::super::space::TermId> {
        let mut terms = Vec::new();
        for (row, column) in outer {
            self.column_of(*row, column);
            let name = self.full_name(*row, column);
            terms.extend(self.fields.get(&name).map(|field| field.term));
        }
        terms
    }

    /// The types of the columns around: what a query says of equal values of two types may differ.
    fn outer_kinds(&self, outer: &[(usize, String)]) -> String {
        let kind = |(row, column): &(usize, String)| self.fields.get(&self.full_name(*row, column)).and_then(|field| field.kind);
        let names: Vec<String> = outer.iter().map(|one| kind(one).map_or_else(String::new, |kind| self.world.name(kind))).collect();
        format!(" of ({})", names.join(", "))
    }

    /// Whether it asks nothing that answers otherwise at each call.
    fn is_steady(&self, query: &Query) -> bool {
        let mut steady = true;
        query.visit(&mut |expr| {
            steady &= match &expr.kind {
                Kind::Call(name, _) => {
                    let special = matches!(name.as_str(), "coalesce" | "nullif" | "greatest" | "least");
                    let all = Catalog::anywhere(name);
                    special || (!all.is_empty() && all.iter().all(|function| function.volatility != b'v'))
                }
                Kind::Routine(routine, _) => self.facts.volatility(routine) != Volatility::Volatile,
                _ => true,
            };
        });
        steady
    }

    /// `left IN (query)`.
    pub(super) fn in_query(&mut self, left: &Expr, query: &Query, scope: &Scope) -> Pair {
        self.against(left, "=", query, scope)
    }

    /// `left op ANY (query)`, or ALL: TRUE for every row, FALSE for one.
    pub(super) fn any_query(&mut self, expr: &Expr, left: &Expr, op: &str, query: &Query, all: bool, scope: &Scope) -> Pair {
        if !all {
            return self.against(left, op, query, scope);
        }
        let (fails, open) = match self.compared(left, op, query) {
            Some(compared) => {
                let not = Expr::new(Kind::Not(Box::new(compared.clone())));
                (self.with(query, not, scope), self.with(query, is_unknown(compared), scope))
            }
            None => return self.unknown_truth(&self.text(expr, scope)),
        };
        Pair { holds: self.space.and([!fails, !open]), fails }
    }

    /// Whether a row compares so: TRUE for one, NULL if none does and one might.
    fn against(&mut self, left: &Expr, op: &str, query: &Query, scope: &Scope) -> Pair {
        let Some(compared) = self.compared(left, op, query) else {
            let text = format!("{} {op} ANY ({})", self.text(left, scope), canon::text(&exists(query), scope, &self.rows));
            return self.unknown_truth(&text);
        };
        let holds = self.with(query, compared.clone(), scope);
        let open = self.with(query, is_unknown(compared), scope);
        Pair { holds, fails: self.space.and([!holds, !open]) }
    }

    /// The comparison with the columns of a row; none where the columns decide how many rows there are.
    fn compared(&self, left: &Expr, op: &str, query: &Query) -> Option<Expr> {
        if self.rows_by_columns(query) != (false, false) {
            return None;
        }
        let right = match query.columns.as_slice() {
            [column] if !matches!(left.kind, Kind::Row(_)) => column.clone(),
            columns => Expr::new(Kind::Row(columns.to_vec())),
        };
        let aliases: Vec<&str> = query.sources().map(|(_, alias, _)| alias).collect();
        let mut captured = false;
        left.visit(&mut |expr| captured |= matches!(&expr.kind, Kind::Column(alias, _) if aliases.contains(&alias.as_str())));
        if captured {
            return None;
        }
        Some(Expr::new(Kind::Binary(op.to_owned(), Box::new(left.clone()), Box::new(right))))
    }

    /// Whether the query has a row of which that is TRUE.
    fn with(&mut self, query: &Query, condition: Expr, scope: &Scope) -> Ref {
        let filter = Expr::all(query.filter.iter().cloned().chain([condition]));
        let narrowed = Query { filter: Some(filter), columns: vec![one()], distinct: false, from: query.from.clone() };
        self.exists(&narrowed, scope).holds
    }

    /// `(SELECT ..)`: the value of its row, NULL without one.
    pub(super) fn scalar(&mut self, query: &Query, expr: &Expr, scope: &Scope) -> Val {
        let plain = self.rows_by_columns(query) == (false, false);
        if let ([column], true, true) = (query.columns.as_slice(), query.from.is_empty(), plain) {
            let val = self.value(column, scope);
            let Some(filter) = &query.filter else { return val };
            let holds = self.truth(filter, scope).holds;
            return self.branched(vec![(holds, val)]);
        }
        let kind = self.column_kind(query, scope);
        let val = self.query_value("scalar", query, kind, expr, scope);
        if let (What::Of(all), true, true) = (&val.what, plain, self.is_steady(query)) {
            for (atom, place) in all.clone() {
                if !self.asked.iter().any(|asked| asked.atom == atom) {
                    self.asked.push(Asked { query: query.clone(), scope: scope.clone(), atom, value: Some((kind, place.clone())) });
                }
            }
        }
        val
    }

    /// `ARRAY(SELECT ..)` as a value.
    pub(super) fn array_query(&mut self, query: &Query, expr: &Expr, scope: &Scope) -> Val {
        let kind = self.column_kind(query, scope).and_then(|kind| self.world.promoted_array(kind));
        self.query_value("ARRAY", query, kind, expr, scope)
    }

    /// A value that is a function of the columns around.
    fn query_value(&mut self, word: &str, query: &Query, kind: Option<TypeId>, expr: &Expr, scope: &Scope) -> Val {
        let (mut body, outer) = canon::body(query, true, scope, &self.rows);
        if !self.is_steady(query) {
            self.calls += 1;
            body = format!("{body} #{}", self.calls);
        }
        let mut args = Vec::new();
        for (row, column) in &outer {
            args.push(self.column_of(*row, column));
        }
        let habit = if word == "ARRAY" { super::value::SURE } else { LOOSE };
        let symbol = format!("{word} ({body}){}", self.outer_kinds(&outer));
        let shown = self.text(expr, scope);
        let val = self.apply(&Applied { symbol: &symbol, head: word, shown: &shown, habit, result: kind }, &args);
        let mut collation = None;
        query.columns.iter().for_each(|column| column.visit(&mut |part| collation = collation.take().or(collated(part))));
        Val { collation: val.collation.or(collation), ..val }
    }

    /// The type of the only column of a query.
    fn column_kind(&self, query: &Query, scope: &Scope) -> Option<TypeId> {
        let [column] = query.columns.as_slice() else { return None };
        match &column.kind {
            Kind::Column(alias, name) => match query.sources().find(|(_, known, _)| known == alias) {
                Some((source, ..)) => self.facts.column(source, name)?.kind,
                None => {
                    let row = self.rows.get(scope.row(alias)?)?;
                    self.facts.column(row.source.as_ref()?, name)?.kind
                }
            },
            Kind::Cast(_, kind) => self.facts.cast(self.world, kind),
            Kind::Literal(Literal::Bool(_)) => Some(TypeId::BOOL),
            Kind::Literal(Literal::Text(_)) => Some(TypeId::TEXT),
            _ => None,
        }
    }
}

/// The collation that an expression asks for.
fn collated(expr: &Expr) -> Option<String> {
    if let Kind::Collate(_, name) = &expr.kind { Some(name.clone()) } else { None }
}

fn is_unknown(expr: Expr) -> Expr {
    Expr::new(Kind::Is(Box::new(expr), Test::Unknown, false))
}

fn one() -> Expr {
    Expr::new(Kind::Literal(Literal::Number("1".to_owned())))
}

fn exists(query: &Query) -> Expr {
    Expr::new(Kind::Exists(Box::new(query.clone()), false))
}
