//! The children of an expression, shared and mutable: the only place that lists them.

use super::expr::{Expr, Kind};
use super::query::Query;

pub(super) fn of_query(query: &Query) -> Vec<&Expr> {
    let joins = query.from.iter().flat_map(|from| from.joins.iter().filter_map(|join| join.on.as_ref()));
    query.columns.iter().chain(joins).chain(query.filter.as_ref()).collect()
}

pub(super) fn children(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        Kind::Own(_) | Kind::Column(..) | Kind::Ctx(_) | Kind::Literal(_) | Kind::Typed(..) | Kind::Keyword(_) => Vec::new(),
        Kind::And(all) | Kind::Or(all) | Kind::Array(all) | Kind::Row(all) | Kind::Call(_, all) | Kind::Routine(_, all) => {
            all.iter().collect()
        }
        Kind::Not(x)
        | Kind::Unary(_, x)
        | Kind::Is(x, ..)
        | Kind::Cast(x, _)
        | Kind::Extract(_, x)
        | Kind::Collate(x, _)
        | Kind::Named(_, x) => {
            vec![x]
        }
        Kind::Binary(_, a, b)
        | Kind::Distinct(a, b, _)
        | Kind::AnyArray(a, _, b, _)
        | Kind::Like(_, a, b, ..)
        | Kind::Subscript(a, b)
        | Kind::AtTimeZone(a, b) => vec![a, b],
        Kind::Between(a, b, c, _) => vec![a, b, c],
        Kind::In(a, list, _) => std::iter::once(a.as_ref()).chain(list).collect(),
        Kind::InQuery(a, query, _) | Kind::AnyQuery(a, _, query, _) => std::iter::once(a.as_ref()).chain(of_query(query)).collect(),
        Kind::Slice(a, low, high) => std::iter::once(a.as_ref()).chain(low.as_deref()).chain(high.as_deref()).collect(),
        Kind::Case(operand, arms, otherwise) => {
            operand.as_deref().into_iter().chain(arms.iter().flat_map(|(when, then)| [when, then])).chain(otherwise.as_deref()).collect()
        }
        Kind::ArrayQuery(query) | Kind::Exists(query, _) | Kind::Scalar(query) => of_query(query),
    }
}

pub(crate) fn for_each_in_query_mut(query: &mut Query, each: &mut dyn FnMut(&mut Expr)) {
    query.columns.iter_mut().for_each(&mut *each);
    for from in &mut query.from {
        from.joins.iter_mut().filter_map(|join| join.on.as_mut()).for_each(&mut *each);
    }
    query.filter.iter_mut().for_each(each);
}

pub(crate) fn for_each_child_mut(expr: &mut Expr, each: &mut dyn FnMut(&mut Expr)) {
    match &mut expr.kind {
        Kind::Own(_) | Kind::Column(..) | Kind::Ctx(_) | Kind::Literal(_) | Kind::Typed(..) | Kind::Keyword(_) => {}
        Kind::And(all) | Kind::Or(all) | Kind::Array(all) | Kind::Row(all) | Kind::Call(_, all) | Kind::Routine(_, all) => {
            all.iter_mut().for_each(each)
        }
        Kind::Not(x)
        | Kind::Unary(_, x)
        | Kind::Is(x, ..)
        | Kind::Cast(x, _)
        | Kind::Extract(_, x)
        | Kind::Collate(x, _)
        | Kind::Named(_, x) => {
            each(x);
        }
        Kind::Binary(_, a, b)
        | Kind::Distinct(a, b, _)
        | Kind::AnyArray(a, _, b, _)
        | Kind::Like(_, a, b, ..)
        | Kind::Subscript(a, b)
        | Kind::AtTimeZone(a, b) => {
            each(a);
            each(b);
        }
        Kind::Between(a, b, c, _) => {
            each(a);
            each(b);
            each(c);
        }
        Kind::In(a, list, _) => {
            each(a);
            list.iter_mut().for_each(each);
        }
        Kind::InQuery(a, query, _) | Kind::AnyQuery(a, _, query, _) => {
            each(a);
            for_each_in_query_mut(query, each);
        }
        Kind::Slice(a, low, high) => {
            each(a);
            low.iter_mut().chain(high).for_each(|x| each(x));
        }
        Kind::Case(operand, arms, otherwise) => {
            operand.iter_mut().for_each(|x| each(x));
            for (when, then) in arms {
                each(when);
                each(then);
            }
            otherwise.iter_mut().for_each(|x| each(x));
        }
        Kind::ArrayQuery(query) | Kind::Exists(query, _) | Kind::Scalar(query) => for_each_in_query_mut(query, each),
    }
}
