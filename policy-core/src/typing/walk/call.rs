//! Calls: of PostgreSQL's own functions, and of declared ones.

use super::super::TypeId;
use super::super::fault::{Refusal, Subject};
use super::super::function::{self, Call, Called};
use super::super::select::{Choice, choose};
use super::signatures::Argument;
use super::value::{Value, over};
use super::{Signature, Walker};
use crate::diag::At;
use crate::model::{Expr, Kind, Routine};

impl<'a> Walker<'a> {
    /// `name(args)`; the last ones perhaps by name.
    pub(super) fn call(&mut self, name: &str, args: &'a [Expr], at: At) -> Value<'a> {
        if let Some(value) = self.special(name, args, at) {
            return value;
        }
        let names: Vec<&'a str> =
            args.iter().filter_map(|arg| if let Kind::Named(name, _) = &arg.kind { Some(name.as_str()) } else { None }).collect();
        let values = self.all(args);
        let twice = names.iter().enumerate().find(|(i, name)| names.iter().take(*i).any(|other| other == *name));
        if let Some((_, twice)) = twice {
            let refusal = Refusal::new("42601", format!("argument name \"{twice}\" used more than once")).about(Subject::Function);
            return self.refuse(at, refusal.help("pass each argument once"));
        }
        let exprs: Vec<Option<&Expr>> = args.iter().map(Some).collect();
        self.function(name, values, &names, &exprs, at)
    }

    /// One of PostgreSQL's own functions.
    pub(super) fn function(&mut self, name: &str, values: Vec<Value<'a>>, names: &[&str], exprs: &[Option<&Expr>], at: At) -> Value<'a> {
        let Some(kinds) = values.iter().map(|value| value.kind).collect::<Option<Vec<TypeId>>>() else {
            return Value { kind: None, ..over(&values, TypeId::UNKNOWN, at) };
        };
        match function::called(self.world, Call { name, args: &kinds, names }) {
            Ok(Called::Cast(target)) => match values.into_iter().next() {
                Some(value) => self.becoming(value, target),
                None => Value::unknown_here(at),
            },
            Ok(Called::Function { function, operands, result, misplaced }) => {
                if function.volatility == b'v' {
                    self.out.volatile.push((at, name.to_owned()));
                }
                let values: Vec<Value<'a>> = values.into_iter().zip(operands).map(|(value, kind)| self.becoming(value, kind)).collect();
                match misplaced {
                    // It may stand in the list of a subquery, if the rest of that goes with it.
                    Some(_) if !self.frames.is_empty() => self.decline("an aggregate or a set in a subquery"),
                    Some(refusal) => return self.refuse(at, refusal),
                    None => {}
                }
                let whole = over(&values, result, at);
                if result == TypeId::UNKNOWN {
                    self.decline("a value without a type");
                    return Value { kind: None, ..whole };
                }
                let nullable =
                    if function.strict { whole.nullable || yields_null(name) } else { whole.nullable && !name.starts_with("concat") };
                self.collated(&values, Value { nullable, ..whole })
            }
            // PostgreSQL reads `f(row)` as `row.f` then, and fields are not known here.
            Err(refusal) if refusal.sqlstate == "42883" && matches!(kinds.as_slice(), [one] if self.world.is_complex(*one)) => {
                self.decline(format!("whether a row has a field {name}"));
                Value { kind: None, ..over(&values, TypeId::UNKNOWN, at) }
            }
            Err(refusal) if refusal.subject == Subject::Function => {
                let args: Vec<Argument<'_>> = exprs.iter().copied().zip(values.iter().map(|value| value.at)).collect();
                let fault = self.advise_call(refusal, Call { name, args: &kinds, names }, &args, at);
                self.out.faults.push(fault);
                Value::unknown_here(at)
            }
            Err(refusal) => self.refuse(at, refusal),
        }
    }

    /// A declared function: PostgreSQL chooses among those of one name as among its own.
    pub(super) fn routine(&mut self, routine: &Routine, args: &'a [Expr], at: At) -> Value<'a> {
        let values = self.all(args);
        let unknown = |values: &[Value<'a>]| Value { kind: None, nullable: true, ..over(values, TypeId::UNKNOWN, at) };
        let Some(signatures) = self.names.routine(routine) else { return unknown(&values) };
        let Some(kinds) = values.iter().map(|value| value.kind).collect::<Option<Vec<TypeId>>>() else { return unknown(&values) };
        match self.chosen(&signatures, &kinds) {
            Ok(signature) => {
                let values: Vec<Value<'a>> =
                    values.into_iter().zip(&signature.args).map(|(value, kind)| self.becoming(value, *kind)).collect();
                Value { nullable: true, ..over(&values, signature.result, at) }
            }
            Err(several) => {
                let given: Vec<String> = kinds.iter().map(|kind| self.world.name(*kind)).collect();
                let taken = |signature: &Signature| signature.args.iter().map(|kind| self.world.name(*kind)).collect::<Vec<_>>().join(", ");
                let help: Vec<String> = signatures.iter().map(|signature| format!("it takes ({})", taken(signature))).collect();
                let (sqlstate, word) = if several { ("42725", "is not unique") } else { ("42883", "does not exist") };
                let refusal =
                    Refusal::new(sqlstate, format!("function {}({}) {word}", said(routine), given.join(", "))).about(Subject::Routine);
                let refusal = help.into_iter().fold(refusal, Refusal::help);
                self.refuse(at, refusal)
            }
        }
    }

    /// The signature that a call means; or whether there are several.
    fn chosen<'s>(&self, signatures: &'s [Signature], kinds: &[TypeId]) -> Result<&'s Signature, bool> {
        let fitting: Vec<&Signature> = signatures.iter().filter(|signature| signature.args.len() == kinds.len()).collect();
        if let Some(exact) = fitting.iter().find(|signature| signature.args == kinds) {
            return Ok(exact);
        }
        let types: Vec<&[TypeId]> = fitting.iter().map(|signature| signature.args.as_slice()).collect();
        match choose(self.world, kinds, &types) {
            Choice::One(index) => fitting.get(index).copied().ok_or(false),
            Choice::None => Err(false),
            Choice::Several => Err(true),
        }
    }
}

fn said(routine: &Routine) -> String {
    match routine {
        Routine::Method(item, method) => format!("{item}.{method}"),
        Routine::Named(name) => name.to_string(),
    }
}

/// Whether a strict function may give NULL for values that are not.
fn yields_null(name: &str) -> bool {
    matches!(
        name,
        "nullif" | "substring" | "array_length" | "array_upper" | "array_lower" | "array_dims" | "array_ndims" | "array_position"
    ) || name.starts_with("json")
        || name.starts_with("regexp_")
}
