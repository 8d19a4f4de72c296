//! The subqueries of predicates: plain SELECTs over named relations.

use super::expr::{Expr, Kind};
use super::name::Relation;
use super::notate::{fail, record, words};
use super::notation::{Node, Notate, NotationError};
use crate::diag::At;

/// `SELECT columns FROM .. WHERE ..`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// DISTINCT.
    pub distinct: bool,
    /// What it yields.
    pub columns: Vec<Expr>,
    /// Where from; several are joined by commas.
    pub from: Vec<From>,
    /// WHERE.
    pub filter: Option<Expr>,
}
record!(Query "select" { distinct, columns, from, filter });

/// A relation in FROM, and what is joined to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct From {
    /// The relation.
    pub source: Source,
    /// Its name in the query.
    pub alias: String,
    /// The joins that follow it.
    pub joins: Vec<Join>,
    /// Its tokens.
    pub at: At,
}

/// A joined relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// Which join.
    pub kind: JoinKind,
    /// The relation.
    pub source: Source,
    /// Its name in the query.
    pub alias: String,
    /// ON; absent for CROSS JOIN.
    pub on: Option<Expr>,
    /// Its tokens.
    pub at: At,
}
record!(Join "join" { kind, source, alias, on, at });
record!(From "from" { source, alias, joins, at });

/// Which join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinKind {
    /// JOIN
    Inner,
    /// LEFT JOIN
    Left,
    /// RIGHT JOIN
    Right,
    /// FULL JOIN
    Full,
    /// CROSS JOIN
    Cross,
}
words!(JoinKind { Inner = "inner", Left = "left", Right = "right", Full = "full", Cross = "cross" });

/// A relation of a subquery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A declared item, by Rust name: only as declared.
    Item(String),
    /// A relation: from the string form, and everywhere once linked.
    Relation(Relation),
}

impl Notate for Source {
    fn note(&self) -> Node {
        match self {
            Source::Item(name) => Node::list("item", [name.note()]),
            Source::Relation(relation) => Node::list("table", [relation.note()]),
        }
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match node.head() {
            Some(("item", [name])) => String::read(name).map(Source::Item),
            Some(("table", [relation])) => Relation::read(relation).map(Source::Relation),
            _ => fail("a source", node),
        }
    }
}

impl Query {
    /// Every relation of this query (not of those below it), with its name in the query.
    pub fn sources(&self) -> impl Iterator<Item = (&Source, &str, At)> {
        self.from.iter().flat_map(|from| {
            std::iter::once((&from.source, from.alias.as_str(), from.at))
                .chain(from.joins.iter().map(|join| (&join.source, join.alias.as_str(), join.at)))
        })
    }

    /// Whether it names no column of what is outside it: then it has one answer for a whole statement.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        closed(self, &mut Vec::new())
    }

    /// Its expressions: columns, conditions of joins, the filter.
    #[must_use]
    pub fn parts(&self) -> Vec<&Expr> {
        super::walk::of_query(self)
    }

    /// Calls `visit` on every expression in it, those of its subqueries included, outermost first.
    pub fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        self.parts().into_iter().for_each(|expr| expr.visit(visit));
    }

    /// Every relation of this query and of those below it, with its name there.
    #[must_use]
    pub fn all_sources(&self) -> Vec<(&Source, &str, At)> {
        let mut all: Vec<_> = self.sources().collect();
        self.visit(&mut |expr| all.extend(expr.query().into_iter().flat_map(Query::sources)));
        all
    }
}

fn closed<'a>(query: &'a Query, scope: &mut Vec<&'a str>) -> bool {
    let outer = scope.len();
    scope.extend(query.sources().map(|(_, alias, _)| alias));
    let all = query.parts().into_iter().all(|part| closed_expr(part, scope));
    scope.truncate(outer);
    all
}

fn closed_expr<'a>(expr: &'a Expr, scope: &mut Vec<&'a str>) -> bool {
    match (&expr.kind, expr.query()) {
        (Kind::Own(_), _) => false,
        (Kind::Column(alias, _), _) => scope.contains(&alias.as_str()),
        // The left side of IN is judged with what it is compared with; an alias is in one scope only.
        (_, Some(query)) => left_of(expr).is_none_or(|left| closed_expr(left, scope)) && closed(query, scope),
        _ => expr.children().into_iter().all(|child| closed_expr(child, scope)),
    }
}

fn left_of(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        Kind::InQuery(left, ..) | Kind::AnyQuery(left, ..) => Some(left),
        _ => None,
    }
}
