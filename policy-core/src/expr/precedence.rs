//! Whether PostgreSQL would bracket an expression as sqlparser did: where it would not, brackets are asked for.
//!
//! In: one node of sqlparser's tree. Out: a fault, if a neighbour without brackets of its own binds otherwise in
//! PostgreSQL (`~` and its kin stand with `=` in sqlparser, `NOT EXISTS` binds first, IS and LIKE chain). Does not know what
//! any operator means. Source: the `%left` and `%nonassoc` lines of PostgreSQL's `gram.y`; documentation 4.1.6.

use sqlparser::ast::{BinaryOperator as B, Expr as Ast, Spanned, UnaryOperator as U};

use super::Converter;
use super::operators::is_comparison_operator;
use super::tokens::at;
use crate::diag::At;
use crate::model::Expr;

/// How tightly an operator binds, in the order of `gram.y`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Binds {
    Or,
    And,
    Not,
    Is,
    Compare,
    Range,
    Other,
    Add,
    Multiply,
    Power,
    At,
    Collate,
    Sign,
    Cast,
}

impl Binds {
    /// Whether two of it in a row are read from the left; otherwise they are no expression.
    fn chains(self) -> bool {
        !matches!(self, Binds::Is | Binds::Compare | Binds::Range)
    }
}

/// An operator and the operands at its open ends.
struct Node<'a> {
    binds: Binds,
    left: Option<&'a Ast>,
    right: Option<&'a Ast>,
}

impl Converter<'_> {
    /// Refuses a node whose operands PostgreSQL would cut otherwise.
    pub(super) fn shape(&mut self, ast: &Ast) -> Option<()> {
        let Some(node) = node(ast) else { return Some(()) };
        let left = node.left.is_none_or(|left| holds_at_right(left, node.binds));
        let right = node.right.is_none_or(|right| holds_at_left(right, node.binds));
        if (left && right) || self.misread(ast) {
            return Some(());
        }
        let here: At = at(ast.span()).unwrap_or_default();
        let none: Option<Expr> = self.refuse(
            here,
            "operators side by side that PostgreSQL reads in another order, or not at all,",
            "put brackets around what belongs together",
        );
        none.map(|_| ())
    }

    /// What `binary` and `unary` say better.
    fn misread(&self, ast: &Ast) -> bool {
        let comparison = |ast: &Ast| matches!(ast, Ast::BinaryOp { op, .. } if is_comparison_operator(op));
        match ast {
            Ast::BinaryOp { left, op, right } if is_comparison_operator(op) => comparison(left) || comparison(right),
            Ast::UnaryOp { op: U::Minus, expr } => matches!(expr.as_ref(), Ast::BinaryOp { op: B::PGExp, .. }),
            _ => false,
        }
    }
}

/// Every operator that is open at the right end of `ast` binds at least as tightly as what follows it.
fn holds_at_right(ast: &Ast, than: Binds) -> bool {
    let mut rest = Some(ast);
    while let Some(node) = rest.and_then(node) {
        let prefix = node.left.is_none();
        let open = node.right.is_some() || prefix;
        if open && (node.binds < than || (node.binds == than && !than.chains())) {
            return false;
        }
        rest = node.right;
    }
    true
}

/// Every operator that is open at the left end of `ast` binds more tightly than what stands before it.
fn holds_at_left(ast: &Ast, than: Binds) -> bool {
    let mut rest = Some(ast);
    while let Some(node) = rest.and_then(node) {
        if node.left.is_some() && node.binds <= than {
            return false;
        }
        rest = node.left;
    }
    true
}

fn node(ast: &Ast) -> Option<Node<'_>> {
    let both = |binds, left, right| Some(Node { binds, left: Some(left), right: Some(right) });
    let postfix = |binds, left| Some(Node { binds, left: Some(left), right: None });
    match ast {
        Ast::BinaryOp { left, op, right } => both(infix(op), left, right),
        Ast::UnaryOp { op, expr } => Some(Node { binds: prefix(op), left: None, right: Some(expr) }),
        // Its brackets end it, and yet NOT holds for all that follows them.
        Ast::Exists { negated: true, .. } => Some(Node { binds: Binds::Not, left: None, right: None }),
        Ast::IsNull(x) | Ast::IsNotNull(x) | Ast::IsTrue(x) | Ast::IsNotTrue(x) => postfix(Binds::Is, x),
        Ast::IsFalse(x) | Ast::IsNotFalse(x) | Ast::IsUnknown(x) | Ast::IsNotUnknown(x) => postfix(Binds::Is, x),
        Ast::IsDistinctFrom(a, b) | Ast::IsNotDistinctFrom(a, b) => both(Binds::Is, a, b),
        Ast::InList { expr, .. } | Ast::InSubquery { expr, .. } => postfix(Binds::Range, expr),
        Ast::Between { expr, high, .. } => both(Binds::Range, expr, high),
        Ast::Like { expr, pattern, .. } | Ast::ILike { expr, pattern, .. } | Ast::SimilarTo { expr, pattern, .. } => {
            both(Binds::Range, expr, pattern)
        }
        Ast::AnyOp { left, compare_op, .. } | Ast::AllOp { left, compare_op, .. } => postfix(infix(compare_op), left),
        Ast::Cast { kind: sqlparser::ast::CastKind::DoubleColon, expr, .. } => postfix(Binds::Cast, expr),
        Ast::Collate { expr, .. } => postfix(Binds::Collate, expr),
        Ast::AtTimeZone { timestamp, time_zone } => both(Binds::At, timestamp, time_zone),
        _ => None,
    }
}

fn infix(op: &B) -> Binds {
    match op {
        B::Or => Binds::Or,
        B::And => Binds::And,
        B::Plus | B::Minus => Binds::Add,
        B::Multiply | B::Divide | B::Modulo => Binds::Multiply,
        B::PGExp => Binds::Power,
        op if is_comparison_operator(op) => Binds::Compare,
        _ => Binds::Other,
    }
}

fn prefix(op: &U) -> Binds {
    match op {
        U::Not => Binds::Not,
        U::Plus | U::Minus => Binds::Sign,
        _ => Binds::Other,
    }
}
