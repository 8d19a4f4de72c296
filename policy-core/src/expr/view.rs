//! The query of a view: one SELECT, with a name for each column that it yields.
//!
//! In: text and names. Out: the query, its outputs as the user named them, faults. What a subquery may hold, a view may.

use sqlparser::ast::{Expr as Ast, JoinConstraint, JoinOperator, Query as AstQuery, Select, SelectItem, SetExpr};

use super::{Converter, Scope, Tokens, sort, tokens, traps};
use crate::diag::{At, Diagnostic, codes};
use crate::model::Query;

/// A column that a query yields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its alias, or the name of the plain column that it is; none for anything else.
    pub name: Option<String>,
    /// Its tokens.
    pub at: At,
}

/// What became of a query.
#[derive(Debug)]
pub struct QueryOutcome {
    /// The query, if there is no fault, and a name for each of its columns.
    pub query: Option<(Query, Vec<Output>)>,
    /// The faults, in the order of the text.
    pub faults: Vec<Diagnostic>,
    /// The tokens, to find the text of an `At`.
    pub tokens: Tokens,
}

/// Reads the query of a view: a plain SELECT whose columns all have the alias of their table.
#[must_use]
pub fn parse_query(text: &str, scope: Scope<'_>) -> QueryOutcome {
    let mut faults = Vec::new();
    let mut tokens = tokens::tokenize(text, &scope, &mut faults);
    let mut query = None;
    if faults.is_empty()
        && let Some(ast) = tokens::parse_query(&mut tokens, &scope, &mut faults)
    {
        let mut converter = Converter { scope, tokens: &tokens, faults: &mut faults, frames: Vec::new(), depth: 0 };
        let converted = converter.view(&ast);
        if converter.faults.is_empty() {
            converter.apart();
        }
        if faults.iter().any(|fault| fault.code == codes::RUST_OPERATOR) {
            faults.retain(|fault| fault.code != codes::NOT_UNDERSTOOD);
        }
        query = converted.filter(|_| faults.is_empty());
    }
    sort(&mut faults);
    QueryOutcome { query, faults, tokens }
}

impl Converter<'_> {
    fn view(&mut self, ast: &AstQuery) -> Option<(Query, Vec<Output>)> {
        let query = self.query(ast);
        let SetExpr::Select(select) = ast.body.as_ref() else { return None };
        traps::check_query(self, &conditions(select), query.as_ref());
        let query = query?;
        let outputs = select.projection.iter().zip(&query.columns).map(|(item, column)| Output { name: self.output(item), at: column.at });
        let outputs = outputs.collect();
        Some((query, outputs))
    }

    fn output(&self, item: &SelectItem) -> Option<String> {
        match item {
            SelectItem::ExprWithAlias { alias, .. } => Some(self.name(alias)),
            SelectItem::UnnamedExpr(Ast::CompoundIdentifier(parts)) => parts.last().map(|last| self.name(last)),
            _ => None,
        }
    }
}

/// WHERE and every ON.
fn conditions(select: &Select) -> Vec<&Ast> {
    let joins = select.from.iter().flat_map(|from| &from.joins).filter_map(|join| match &join.join_operator {
        JoinOperator::Join(JoinConstraint::On(on))
        | JoinOperator::Inner(JoinConstraint::On(on))
        | JoinOperator::Left(JoinConstraint::On(on))
        | JoinOperator::LeftOuter(JoinConstraint::On(on))
        | JoinOperator::Right(JoinConstraint::On(on))
        | JoinOperator::RightOuter(JoinConstraint::On(on))
        | JoinOperator::FullOuter(JoinConstraint::On(on)) => Some(on),
        _ => None,
    });
    joins.chain(&select.selection).collect()
}
