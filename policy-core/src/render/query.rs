//! Subqueries as SQL: sources with their schema, aliases that capture nothing, memberships in the fast form.
//!
//! In: an expression that holds a query. Out: its clauses and what stands around them. Must not know how long a line is.

use super::expr::{Level, Writer, maybe_not, operator, quantifier};
use super::quote::{ident, relation};
use crate::model::{Expr, From, Ident, Join, JoinKind, Kind, Query, Relation, Source};

/// How tightly the whole holds together, the text before and after the clauses, and the clauses.
pub(super) type Around = (Level, [String; 2], Vec<String>);

impl Writer<'_> {
    /// An expression whose last part is a query, taken apart; `None` for any other.
    pub(super) fn around_query(&mut self, expr: &Expr) -> Option<Around> {
        let (level, head, query, tail) = match &expr.kind {
            Kind::Exists(query, not) => (if *not { Level::Not } else { Level::Atom }, format!("{}EXISTS (", maybe_not(*not)), query, ")"),
            Kind::Scalar(query) => (Level::Atom, "(".to_owned(), query, ")"),
            Kind::ArrayQuery(query) => (Level::Atom, "ARRAY(".to_owned(), query, ")"),
            Kind::InQuery(left, query, not) if self.as_array(left, query) => {
                let op = if *not { "<> ALL" } else { "= ANY" };
                (Level::Compare, format!("{} {op} (ARRAY(", self.at(left, Level::Operator)), query, "))")
            }
            Kind::InQuery(left, query, not) => {
                (Level::Range, format!("{} {}IN (", self.at(left, Level::Operator), maybe_not(*not)), query, ")")
            }
            Kind::AnyQuery(left, op, query, all) => {
                let array = self.as_array(left, query);
                let (open, close) = if array { ("(ARRAY(", "))") } else { ("(", ")") };
                let left = self.at(left, Level::Operator);
                (Level::Compare, format!("{left} {} {} {open}", operator(op), quantifier(*all)), query, close)
            }
            _ => return None,
        };
        Some((level, [head, tail.to_owned()], self.clauses(query)))
    }

    /// Brings the aliases of a query into scope; the scope as it was is this long.
    pub(super) fn enter(&mut self, query: &Query) -> usize {
        let outer = self.scope.len();
        for (_, alias, _) in query.sources() {
            let written = self.written_alias(alias);
            self.scope.push((alias.to_owned(), written));
        }
        outer
    }

    /// `SELECT ..`, `FROM ..`, `WHERE ..`.
    fn clauses(&mut self, query: &Query) -> Vec<String> {
        let outer = self.enter(query);
        let distinct = if query.distinct { "DISTINCT " } else { "" };
        let mut clauses = vec![format!("SELECT {distinct}{}", self.list(&query.columns))];
        let from: Vec<String> = query.from.iter().map(|from| self.from(from).join(" ")).collect();
        if !from.is_empty() {
            clauses.push(format!("FROM {}", from.join(", ")));
        }
        if let Some(filter) = &query.filter {
            clauses.push(format!("WHERE {}", self.at(filter, Level::Loose)));
        }
        self.scope.truncate(outer);
        clauses
    }

    /// A relation, and each join that follows it.
    pub(super) fn from(&mut self, from: &From) -> Vec<String> {
        let mut parts = vec![self.source(&from.source, &from.alias)];
        parts.extend(from.joins.iter().map(|join| self.join(join)).collect::<Vec<_>>());
        parts
    }

    fn join(&mut self, join: &Join) -> String {
        let word = match join.kind {
            JoinKind::Inner => "JOIN",
            JoinKind::Left => "LEFT JOIN",
            JoinKind::Right => "RIGHT JOIN",
            JoinKind::Full => "FULL JOIN",
            JoinKind::Cross => "CROSS JOIN",
        };
        let text = format!("{word} {}", self.source(&join.source, &join.alias));
        match &join.on {
            Some(on) => format!("{text} ON {}", self.at(on, Level::Loose)),
            None => text,
        }
    }

    /// `public.members AS m`; the alias is left out where it is the table's own name.
    fn source(&self, source: &Source, alias: &str) -> String {
        // INVARIANT: a linked set names relations only. The server refuses the relation without a name.
        let Source::Relation(found) = source else { return relation(&Relation::default()) };
        let written = self.written_alias(alias);
        if written == found.name.as_str() { relation(found) } else { format!("{} AS {}", relation(found), ident(&written)) }
    }

    /// An alias that is called like the table whose row is judged would capture that row's columns.
    fn written_alias(&self, alias: &str) -> String {
        if self.own.is_none_or(|own| own.name.as_str() != alias) {
            return alias.to_owned();
        }
        let free = (1_usize..).map(|n| Ident::cut(&format!("{alias}_{n}"))).find(|name| !self.aliases.contains(&name.as_str()));
        free.map_or_else(|| alias.to_owned(), |name| name.as_str().to_owned())
    }

    /// Whether `left IN (query)` may be `left = ANY (ARRAY(query))`, which is evaluated once for a statement: the query
    /// names nothing outside itself, and yields one value that is certainly not an array. The truth table is the same.
    fn as_array(&self, left: &Expr, query: &Query) -> bool {
        let [column] = query.columns.as_slice() else { return false };
        !matches!(left.kind, Kind::Row(_)) && query.is_closed() && self.is_single(column, query)
    }

    fn is_single(&self, column: &Expr, query: &Query) -> bool {
        match &column.kind {
            Kind::Literal(_) => true,
            Kind::Cast(_, kind) => !kind.array,
            Kind::Ctx(field) => self.is_array(field) == Some(false),
            Kind::Column(alias, name) => {
                let source = query.sources().find(|(_, declared, _)| declared == alias);
                let Some((Source::Relation(relation), ..)) = source else { return false };
                self.index.column(relation, name).is_some_and(|column| !column.kind.array)
            }
            _ => false,
        }
    }
}
