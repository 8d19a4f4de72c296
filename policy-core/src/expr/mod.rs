//! SQL text to our own expression tree: the only place that knows sqlparser.
//!
//! In: the text of a predicate and the names it may use. Out: an `Expr`, or every fault of it with the
//! tokens it lies at. Does not know where the text came from, nor any other item.
//!
//! What PostgreSQL would read otherwise than sqlparser is refused (touching operators, chained
//! comparisons, `-a ^ b`, another precedence), and so is everything that `convert` has no arm for.

mod builtin;
mod convert;
mod functions;
mod meaning;
mod names;
mod operators;
mod precedence;
mod query;
mod reach;
mod tokens;
mod traps;
mod view;

use crate::diag::{At, Code, Diagnostic, Part, Place, codes};
use crate::model::{Column, Expr};

pub use tokens::Tokens;
pub use view::{Output, QueryOutcome, parse_query};

/// Which names a predicate is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Tokens: Rust names, case kept.
    Tokens,
    /// A string: SQL names, folded unless quoted.
    Sql,
}

/// What a predicate may name.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The columns of the row under judgement.
    pub columns: &'a [Column],
    /// Whether the item has a context.
    pub context: bool,
    /// How names are written.
    pub form: Form,
    /// The part that the predicate stands at, for the faults.
    pub part: Part,
}

impl Scope<'_> {
    /// Whether it is the WHEN of a trigger, where the row is `new` and `old`.
    #[must_use]
    pub fn of_trigger(&self) -> bool {
        matches!(self.part, Part::Trigger(..))
    }

    /// What the text is called.
    fn word(&self) -> &'static str {
        if self.part == Part::Query { "query" } else { "predicate" }
    }
}

/// What became of a predicate.
#[derive(Debug)]
pub struct Outcome {
    /// The expression, if there is no fault.
    pub expr: Option<Expr>,
    /// The faults, in the order of the text.
    pub faults: Vec<Diagnostic>,
    /// The tokens, to find the text of an `At`.
    pub tokens: Tokens,
}

/// Reads one predicate.
#[must_use]
pub fn parse(text: &str, scope: Scope<'_>) -> Outcome {
    let mut faults = Vec::new();
    let mut tokens = tokens::tokenize(text, &scope, &mut faults);
    let mut expr = None;
    if faults.is_empty()
        && let Some(ast) = tokens::parse(&mut tokens, &scope, &mut faults)
    {
        let mut converter = Converter { scope, tokens: &tokens, faults: &mut faults, frames: Vec::new(), depth: 0 };
        let converted = converter.expr(&ast);
        traps::check(&mut converter, &ast, converted.as_ref());
        if converter.faults.is_empty() {
            converter.apart();
        }
        // `a = b && c = d` is read as a chain; the `&&` is what was meant.
        if faults.iter().any(|fault| fault.code == codes::RUST_OPERATOR) {
            faults.retain(|fault| fault.code != codes::NOT_UNDERSTOOD);
        }
        expr = converted.filter(|_| faults.is_empty());
    }
    sort(&mut faults);
    Outcome { expr, faults, tokens }
}

/// In the order of the text.
fn sort(faults: &mut [Diagnostic]) {
    faults.sort_by_key(|fault| match fault.place {
        Place::Predicate(_, at) => At::from(at).first,
        _ => 0,
    });
}

/// The relations of the subqueries around an expression, outermost first: their aliases.
type Frame = Vec<String>;

/// Turns sqlparser's tree into ours; collects faults and goes on.
struct Converter<'a> {
    scope: Scope<'a>,
    tokens: &'a Tokens,
    faults: &'a mut Vec<Diagnostic>,
    frames: Vec<Frame>,
    depth: usize,
}

impl Converter<'_> {
    /// A fault at some tokens.
    fn fault(&self, code: Code, at: At, message: impl Into<String>) -> Diagnostic {
        let at = self.tokens.grow(at);
        Diagnostic::new(code, Place::Predicate(self.scope.part, at.into()), message)
    }

    /// Keeps a fault, once.
    fn push(&mut self, fault: Diagnostic) {
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    /// Refuses a construct.
    fn refuse(&mut self, at: At, what: &str, help: &str) -> Option<Expr> {
        let fault = self.fault(codes::NOT_UNDERSTOOD, at, format!("{what} is not supported in a {}", self.whole())).help(help);
        self.push(fault);
        None
    }

    fn of_view(&self) -> bool {
        self.scope.part == Part::Query
    }

    /// What the text is of.
    fn whole(&self) -> &'static str {
        if self.of_view() { "view" } else { "policy" }
    }

    fn query_word(&self) -> &'static str {
        if self.of_view() { "query" } else { "subquery" }
    }

    fn in_subquery(&self) -> bool {
        !self.frames.is_empty()
    }
}
