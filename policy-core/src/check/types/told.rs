//! The words of what `typing` finds.
//!
//! In: a refusal or a trap. Out: a diagnostic: PostgreSQL's words and SQLSTATE, and what to write instead. Must not know
//! how it was found.

use super::names::Scope;
use super::{Judged, sqlx};
use crate::diag::{At, Code, Diagnostic, Part, Place, codes};
use crate::model::{Column, Expr, Kind, Literal, Test};
use crate::typing::{Fault, Subject, Trap, TrapKind, TypeId, World};

/// The errors that are told here.
pub(super) const ERRORS: &[Code] = &[
    codes::TYPE_MISMATCH,
    codes::WRONG_ARGUMENTS,
    codes::NO_FUNCTION,
    codes::NOT_A_CONDITION,
    codes::NO_CAST,
    codes::BAD_CONSTANT,
    codes::NO_COMMON_TYPE,
    codes::NOT_TYPED,
    codes::NULL_COMPARED,
    codes::READ_ONCE,
];

fn at(code: Code, part: Part, at: At, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, Place::Predicate(part, at.into()), message)
}

/// What PostgreSQL refuses, on these majors and not on those.
pub(super) fn fault(part: Part, fault: &Fault, refusing: &[u32], accepting: &[u32]) -> Diagnostic {
    let refusal = &fault.refusal;
    let told = match (refusing, accepting) {
        ([refusing, ..], [accepting, ..]) => {
            let message = format!("refused by PostgreSQL {refusing}: {}", refusal.message);
            at(codes::NEEDS_VERSION, part, fault.at, message)
                .note(format!("PostgreSQL {accepting} accepts it; `versions` of the `policy_set!` says which ones count"))
        }
        _ => at(code(refusal.subject), part, fault.at, refusal.message.clone()),
    };
    let told = refusal.notes.iter().fold(told, Diagnostic::note);
    let told = told.note(format!("PostgreSQL refuses it with SQLSTATE {}", refusal.sqlstate));
    if refusal.help.is_empty() {
        return told.help(way_out(refusal.subject));
    }
    refusal.help.iter().fold(told, Diagnostic::help)
}

/// What to do where nothing better is known.
fn way_out(subject: Subject) -> &'static str {
    match subject {
        Subject::Operator => "compare values of one type: take another column or field, or cast one side, `..::type`",
        Subject::Function => "the arguments of a function are in the PostgreSQL documentation, chapter 9; a cast is `..::type`",
        Subject::Routine => "pass as many values as it has arguments, of their types; a cast is `..::type`",
        Subject::Condition => "write a comparison",
        Subject::Cast => "take a value that has this type, or one that becomes it",
        Subject::Constant => "write a constant as PostgreSQL reads it",
        Subject::Common => "cast the values to one type, `..::type`",
        Subject::Other => "write it as PostgreSQL takes it: chapter 4.2 of its documentation has the forms",
    }
}

fn code(subject: Subject) -> Code {
    match subject {
        Subject::Operator => codes::TYPE_MISMATCH,
        Subject::Function => codes::NO_FUNCTION,
        Subject::Routine => codes::WRONG_ARGUMENTS,
        Subject::Condition => codes::NOT_A_CONDITION,
        Subject::Cast => codes::NO_CAST,
        Subject::Constant => codes::BAD_CONSTANT,
        Subject::Common => codes::NO_COMMON_TYPE,
        Subject::Other => codes::NOT_TYPED,
    }
}

/// A function of a name that others share which are not volatile.
pub(super) fn volatile(part: Part, tokens: At, name: &str) -> Diagnostic {
    at(codes::VOLATILE, part, tokens, format!("`{name}` with these arguments is volatile: it may give another answer for every row"))
        .help("use a value of the row or of the context")
}

/// A constant that the server reads when the policy is created.
pub(super) fn depends(part: Part, tokens: At, on: &str) -> Option<Diagnostic> {
    let (message, help) = match on {
        "the time of the statement" => {
            ("a moment that is read once, when the policy is created", "write `now()`, or `current_date`, which each statement reads anew")
        }
        "DateStyle" => ("a date that is read as the session's DateStyle says", "write it as year, month and day: `2024-01-31`"),
        "TimeZone" => (
            "a moment without a zone, which is read in the time zone of whoever creates the policy",
            "write its zone: `2024-01-31 10:00+00`",
        ),
        _ => return None,
    };
    Some(at(codes::READ_ONCE, part, tokens, message).note("a policy keeps the value of a constant, not its text").help(help))
}

/// A comparison that NULL leaves undecided.
pub(super) fn trap(judged: &Judged<'_>, trap: &Trap, scope: &Scope<'_>) -> Option<Diagnostic> {
    let said = |code, message: String| at(code, judged.part, trap.at, message);
    Some(match &trap.kind {
        TrapKind::ComparedWithNull(op) => {
            let other = compared_with_null(judged.expr, trap.at).and_then(|other| name(other, scope)).unwrap_or_else(|| "..".to_owned());
            with_null(said(codes::NULL_COMPARED, format!("`{op}` with NULL holds for no row")), op, &other)
        }
        TrapKind::NotInNull => said(codes::NULL_COMPARED, "with NULL in the list, `NOT IN` and `<> ALL` hold for no row".to_owned())
            .note("whether a value differs from NULL is not known")
            .help("take NULL out of the list; rows without a value are found by `IS NULL`"),
        TrapKind::NotInNullable(column) => {
            let what = if column.is_empty() { "what can be NULL".to_owned() } else { format!("`{column}`, which can be NULL") };
            let kept = if column.is_empty() { "..".to_owned() } else { column.clone() };
            said(codes::NOT_IN_NULLABLE, format!("`NOT IN` over {what}"))
                .note("one NULL among them, and it holds for no row")
                .help(format!("leave those rows out: `WHERE .. AND {kept} IS NOT NULL`; or write `NOT EXISTS (SELECT 1 FROM ..)`"))
        }
        TrapKind::UnequalNullable(column) | TrapKind::NullableAgainstConstant(column)
            if asks_for_null(judged.expr, &Kind::Own(column.clone())) =>
        {
            return None;
        }
        TrapKind::UnequalNullable(column) | TrapKind::NullableAgainstConstant(column) if judged.is_check => {
            let field = scope.field(column);
            said(codes::NULL_REFUSED, format!("a new row where `{field}` is NULL is refused"))
                .note("a CHECK constraint lets pass what NULL leaves undecided; WITH CHECK does not")
                .help(format!("if it is meant to pass: `.. OR {field} IS NULL`; if not, say so: `.. AND {field} IS NOT NULL`"))
        }
        TrapKind::NullableAgainstConstant(_) => return None,
        TrapKind::UnequalNullable(column) => {
            let field = scope.field(column);
            said(codes::UNEQUAL_NULLABLE, format!("a row where `{field}` is NULL is not matched here"))
                .note("whether NULL differs from a value is not known, and what is not known does not hold")
                .help(format!("if such rows are meant: `{field} IS DISTINCT FROM ..`; if not, say so: `.. AND {field} IS NOT NULL`"))
        }
        TrapKind::UnequalUnset(field) if asks_for_null(judged.expr, &Kind::Ctx(field.clone())) => return None,
        TrapKind::UnequalUnset(field) => said(codes::UNEQUAL_NULLABLE, format!("a caller without `ctx.{field}` gets no row here"))
            .note(format!("`ctx.{field}` is an `Option`: NULL where the request does not say it, and nothing differs from NULL"))
            .help(format!(
                "if such callers are meant: `.. IS DISTINCT FROM ctx.{field}`; if not, say so: `.. AND ctx.{field} IS NOT NULL`"
            )),
    })
}

/// What stands on the other side of a NULL.
fn compared_with_null(expr: &Expr, null: At) -> Option<&Expr> {
    let is_it = |side: &Expr| side.kind == Kind::Literal(Literal::Null) && side.at.first == null.first;
    let mut found = None;
    expr.visit(&mut |one| match &one.kind {
        Kind::Binary(_, left, right) if is_it(right) => found = Some(left.as_ref()),
        Kind::Binary(_, left, right) if is_it(left) => found = Some(right.as_ref()),
        _ => {}
    });
    found
}

/// A column or field as it is written.
fn name(expr: &Expr, scope: &Scope<'_>) -> Option<String> {
    match &expr.kind {
        Kind::Own(column) => Some(scope.field(column).to_owned()),
        Kind::Column(alias, column) => Some(format!("{alias}.{column}")),
        Kind::Ctx(field) => Some(format!("ctx.{field}")),
        _ => None,
    }
}

fn with_null(told: Diagnostic, op: &str, other: &str) -> Diagnostic {
    let told = told.note("a comparison with NULL is NULL, and NULL is not true");
    match op {
        "=" | "IN" => told.help(format!("ask for it: `{other} IS NULL`")),
        "<>" | "!=" | "NOT IN" => told.help(format!("ask for it: `{other} IS NOT NULL`")),
        _ => told.help("compare with a value"),
    }
}

/// Whether a predicate asks anywhere if the column or field is NULL: then somebody has thought of it.
fn asks_for_null(expr: &Expr, of: &Kind) -> bool {
    let mut asks = false;
    expr.visit(&mut |one| {
        asks |= match &one.kind {
            Kind::Is(inner, Test::Null, _) => inner.kind == *of,
            Kind::Call(name, args) => name == "coalesce" && args.iter().any(|arg| arg.kind == *of),
            _ => false,
        };
    });
    asks
}

/// A column of a view whose field is of another type.
pub(super) fn output(world: &World, kind: TypeId, column: &Column, tokens: At) -> Option<Diagnostic> {
    let field = world.find(&column.kind)?;
    if sqlx::decodes(world, field, kind) {
        return None;
    }
    let message = format!("`{}` is {}, and the query gives {}", column.field, world.name(field), world.name(kind));
    let comparable = world.compares(field, kind);
    let code = if comparable { codes::OTHER_RUST_TYPE } else { codes::TYPE_MISMATCH };
    Some(
        at(code, Part::Query, tokens, message)
            .note("a value is read by the type that the database says it has")
            .help(format!("cast it in the query: `..::{}`; or change the type of the field", world.name(field))),
    )
}
