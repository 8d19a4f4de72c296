//! What it means for a row to belong to the caller's tenant, read off the tenant predicate.
//!
//! In: `tenant(..)` of a table. Out: the condition that every row which someone sees must meet: that one of the predicate's own
//! ties between the row and the caller holds, as an equality. The rest of the predicate is what is to be proved.
//!
//! `tenant_id = ctx.tenant_id OR status = 'public'` ties by `tenant_id = ctx.tenant_id` alone, so its public rows are a leak.
//! `tenant_id IS NOT DISTINCT FROM ctx.tenant_id` ties by the equality of the two, so its row without a tenant is one.
//! `public = ctx.admin` ties nothing: half of all rows have a truth value in common with half of all callers.

use std::collections::BTreeSet;

use crate::model::{Column, Expr, JoinKind, Kind, Query, Relation, Source};

/// The ties of a tenant predicate over a relation with these columns, joined by OR; none if it has no tie that is understood.
#[must_use]
pub fn goal(predicate: &Expr, columns: &[Column]) -> Option<Expr> {
    let mut ties = Vec::new();
    collect(predicate, true, &mut ties);
    let is_truth = |side: &&Expr| matches!(&side.kind, Kind::Own(name) if columns.iter().any(|own| own.name.as_str() == name && own.kind.is("boolean")));
    ties.retain(|tie| !tie.children().iter().any(is_truth));
    (!ties.is_empty()).then(|| Expr::any(ties))
}

/// `positive` is false below NOT: what stands there says who is not meant.
fn collect(expr: &Expr, positive: bool, ties: &mut Vec<Expr>) {
    match &expr.kind {
        Kind::And(all) | Kind::Or(all) => all.iter().for_each(|part| collect(part, positive, ties)),
        Kind::Not(inner) => collect(inner, !positive, ties),
        Kind::Case(operand, arms, otherwise) => {
            let parts = operand.as_deref().into_iter().chain(arms.iter().flat_map(|(when, then)| [when, then]));
            parts.chain(otherwise.as_deref()).for_each(|part| collect(part, positive, ties));
        }
        _ => match tie(expr, positive) {
            Some(found) if ties.contains(&found) => {}
            Some(found) => ties.push(found),
            // A comparison inside, `(tenant_id = ctx.tenant_id) = archived`, still names who is meant.
            None => expr.children().into_iter().filter(|_| expr.query().is_none()).for_each(|part| collect(part, false, ties)),
        },
    }
}

/// A leaf as a tie: itself if it can only hold of a row and a caller that have something in common, else the equality of
/// the one column and the one word for the caller in it.
fn tie(leaf: &Expr, positive: bool) -> Option<Expr> {
    let (columns, callers) = (columns(leaf), callers(leaf));
    match &leaf.kind {
        _ if columns.is_empty() => None,
        _ if positive && is_query(leaf) => ties(leaf).then(|| leaf.clone()),
        Kind::Binary(op, left, right) if op == "=" && positive && is_apart(left, right) => Some(leaf.clone()),
        Kind::AnyArray(left, op, array, false) if op == "=" && positive && is_apart(left, array) => Some(leaf.clone()),
        Kind::Routine(..) if positive => Some(leaf.clone()),
        Kind::In(left, list, false) if positive && list.iter().all(|item| is_apart(left, item)) => Some(leaf.clone()),
        Kind::Binary(op, left, right) if positive && is_apart(left, right) && has_common(op, left, right) => Some(leaf.clone()),
        _ => match (columns.as_slice(), callers.as_slice()) {
            ([column], [caller]) => Some(Expr::new(Kind::Binary("=".to_owned(), Box::new((*column).clone()), Box::new((*caller).clone())))),
            _ => None,
        },
    }
}

/// Whether the row is on one side alone and the caller on the other: not `coalesce(tenant_id, ctx.tenant_id) = ctx.tenant_id`.
fn is_apart(left: &Expr, right: &Expr) -> bool {
    let one_way =
        |row: &Expr, caller: &Expr| !columns(row).is_empty() && callers(row).is_empty() && columns(caller).is_empty() && is_caller(caller);
    !is_truth(left) && !is_truth(right) && (one_way(left, right) || one_way(right, left))
}

/// Whether a value can be TRUE or FALSE alone, as far as it shows.
fn is_truth(expr: &Expr) -> bool {
    let test = matches!(expr.kind, Kind::Is(..) | Kind::Distinct(..) | Kind::Between(..) | Kind::Like(..) | Kind::Exists(..));
    let comparison = |op: &str| matches!(op, "=" | "<>" | "!=" | "<" | "<=" | ">" | ">=" | "&&" | "@>" | "<@");
    let list = matches!(expr.kind, Kind::In(..) | Kind::InQuery(..) | Kind::AnyArray(..) | Kind::AnyQuery(..));
    let logic = matches!(expr.kind, Kind::And(_) | Kind::Or(_) | Kind::Not(_));
    test || list || logic || matches!(&expr.kind, Kind::Binary(op, ..) if comparison(op))
}

/// Whether an operator of sets holds only of two that have something in common: an empty one is within every other one.
fn has_common(op: &str, left: &Expr, right: &Expr) -> bool {
    let filled = |within: &Expr| matches!(&within.kind, Kind::Array(items) if !items.is_empty());
    match op {
        "&&" | "?" | "?|" => true,
        "@>" => filled(right),
        "<@" => filled(left),
        _ => false,
    }
}

/// Whether a value comes from the caller and nowhere else.
fn is_caller(expr: &Expr) -> bool {
    let mut constant = false;
    expr.visit(&mut |one| constant |= matches!(one.kind, Kind::Literal(_) | Kind::Typed(..)));
    (!callers(expr).is_empty() && !constant) || expr.query().is_some() || matches!(expr.kind, Kind::Routine(..))
}

/// The columns of the row in it, each once.
fn columns(expr: &Expr) -> Vec<&Expr> {
    gathered(expr, |kind| matches!(kind, Kind::Own(_)))
}

/// The words for the caller in it, each once.
fn callers(expr: &Expr) -> Vec<&Expr> {
    gathered(expr, |kind| match kind {
        Kind::Ctx(_) => true,
        Kind::Keyword(name) => is_person(name),
        _ => false,
    })
}

fn gathered(expr: &Expr, wanted: impl Fn(&Kind) -> bool) -> Vec<&Expr> {
    let mut found: Vec<&Expr> = Vec::new();
    expr.visit(&mut |one| {
        if wanted(&one.kind) && !found.contains(&one) {
            found.push(one);
        }
    });
    found
}

/// Whether a leaf asks a query.
fn is_query(leaf: &Expr) -> bool {
    match &leaf.kind {
        Kind::InQuery(_, _, false) | Kind::Exists(_, false) => true,
        Kind::AnyQuery(_, op, _, false) => op == "=",
        Kind::Binary(op, left, right) | Kind::AnyArray(left, op, right, false) => {
            op == "=" && [left, right].iter().any(|side| side.query().is_some())
        }
        _ => false,
    }
}

/// Whether a query leads from the row to the caller. One that does not name the caller is left to what its relations show to whoever asks.
fn ties(leaf: &Expr) -> bool {
    if callers(leaf).is_empty() {
        return true;
    }
    let links = links(leaf);
    let mut met = BTreeSet::from([End::Row]);
    loop {
        let next = links.iter().find_map(|(a, b)| match (met.contains(a), met.contains(b)) {
            (true, false) => Some(b.clone()),
            (false, true) => Some(a.clone()),
            _ => None,
        });
        match next {
            Some(end) => met.insert(end),
            None => return met.contains(&End::Caller),
        };
    }
}

/// Whether ties, with what row security adds to the tables in them, lead to the caller: a query that names no caller even so ties a row to
/// whoever asks. What a relation shows that is not a table of ours is `trusted`.
#[must_use]
pub(super) fn leads(goal: &Expr, trusted: &dyn Fn(&Relation) -> bool) -> bool {
    let ties = if let Kind::Or(any) = &goal.kind { any.as_slice() } else { std::slice::from_ref(goal) };
    ties.iter().filter(|tie| is_query(tie)).all(|tie| {
        let mut leads = !callers(tie).is_empty();
        tie.visit(&mut |part| {
            let sources = part.query().map(Query::all_sources).unwrap_or_default();
            leads |= matches!(part.kind, Kind::Routine(..));
            leads |= sources.iter().any(|(source, ..)| matches!(source, Source::Relation(of) if trusted(of)));
        });
        leads
    })
}

/// What a comparison is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Row,
    Caller,
    Alias(String),
}

type Links = BTreeSet<(End, End)>;

/// What a condition certainly compares where it is TRUE.
fn links(expr: &Expr) -> Links {
    match &expr.kind {
        Kind::And(all) => all.iter().flat_map(links).collect(),
        Kind::Or(any) => in_each(any.iter().map(links)),
        Kind::In(left, list, false) => in_each(list.iter().map(|item| compared(left, item))),
        Kind::InQuery(left, query, false) => of_query(Some(left), query),
        Kind::AnyQuery(left, op, query, false) if op == "=" => of_query(Some(left), query),
        Kind::Exists(query, false) => of_query(None, query),
        Kind::Binary(op, left, right) | Kind::AnyArray(left, op, right, false) if op == "=" => match (left.query(), right.query()) {
            (None, None) => compared(left, right),
            (None, Some(query)) => of_query(Some(left), query),
            (Some(query), None) => of_query(Some(right), query),
            (Some(_), Some(_)) => Links::new(),
        },
        Kind::Routine(_, args) => args.iter().filter_map(end).map(|end| (end, End::Caller)).collect(),
        _ => Links::new(),
    }
}

fn in_each(mut all: impl Iterator<Item = Links>) -> Links {
    let first = all.next().unwrap_or_default();
    all.fold(first, |common, links| common.intersection(&links).cloned().collect())
}

fn of_query(left: Option<&Expr>, query: &Query) -> Links {
    let joins = query.from.iter().flat_map(|from| &from.joins).filter(|join| join.kind == JoinKind::Inner);
    let conditions = joins.filter_map(|join| join.on.as_ref()).chain(&query.filter);
    let column = left.zip(query.columns.first()).map(|(left, column)| compared(left, column)).unwrap_or_default();
    conditions.flat_map(links).chain(column).collect()
}

fn compared(left: &Expr, right: &Expr) -> Links {
    if is_truth(left) || is_truth(right) {
        return Links::new();
    }
    end(left).zip(end(right)).into_iter().collect()
}

/// The one end that a value comes from.
fn end(value: &Expr) -> Option<End> {
    let mut ends = BTreeSet::new();
    value.visit(&mut |part| match &part.kind {
        Kind::Own(_) => ends.extend([End::Row]),
        Kind::Column(alias, _) => ends.extend([End::Alias(alias.clone())]),
        Kind::Ctx(_) | Kind::Routine(..) => ends.extend([End::Caller]),
        Kind::Keyword(name) if is_person(name) => ends.extend([End::Caller]),
        _ => {}
    });
    let first = ends.pop_first();
    first.filter(|_| ends.is_empty())
}

fn is_person(keyword: &str) -> bool {
    matches!(keyword, "current_user" | "current_role" | "user" | "session_user")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Literal;

    fn own(name: &str) -> Expr {
        Expr::new(Kind::Own(name.to_owned()))
    }
    fn ctx(name: &str) -> Expr {
        Expr::new(Kind::Ctx(name.to_owned()))
    }
    fn op(op: &str, left: Expr, right: Expr) -> Expr {
        Expr::new(Kind::Binary(op.to_owned(), Box::new(left), Box::new(right)))
    }

    #[test]
    fn the_ties_are_what_a_row_and_its_caller_have_in_common() {
        let tie = op("=", own("tenant_id"), ctx("tenant_id"));
        let public = op("=", own("status"), Expr::new(Kind::Literal(Literal::Text("public".to_owned()))));
        assert_eq!(goal(&tie, &[]), Some(tie.clone()));
        assert_eq!(goal(&Expr::any([tie.clone(), public.clone()]), &[]), Some(tie.clone()));
        assert_eq!(goal(&public, &[]), None);
        let not = Expr::new(Kind::Not(Box::new(op("<>", own("tenant_id"), ctx("tenant_id")))));
        assert_eq!(goal(&not, &[]), Some(tie.clone()));
        let same = Expr::new(Kind::Distinct(Box::new(own("tenant_id")), Box::new(ctx("tenant_id")), true));
        assert_eq!(goal(&same, &[]), Some(tie.clone()));
        let filled = Expr::new(Kind::Call("coalesce".to_owned(), vec![own("tenant_id"), ctx("tenant_id")]));
        assert_eq!(goal(&op("=", filled, ctx("tenant_id")), &[]), Some(tie.clone()));
        let other = op("=", own("to_org"), ctx("org"));
        assert_eq!(goal(&Expr::any([tie.clone(), other.clone()]), &[]), Some(Expr::any([tie, other])));
    }
}
