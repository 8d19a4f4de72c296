//! What to write instead of a call that no function answers. What is advised has been tried.
//!
//! In: a refusal, a call and its arguments. Out: the same with the functions of that name and with help, and the argument to
//! blame. Must not know how a function is chosen.

use super::super::TypeId;
use super::super::catalog::Function;
use super::super::coerce::{Context, can_coerce};
use super::super::fault::{Fault, Refusal};
use super::super::function::{self, Call};
use super::Walker;
use crate::diag::At;
use crate::model::Expr;

/// The most functions that a note lists.
const MOST: usize = 4;

/// An argument: its expression, if it was written as one, and its tokens.
pub(super) type Argument<'e> = (Option<&'e Expr>, At);

impl Walker<'_> {
    /// The refusal with what there is, and the tokens that are wrong.
    pub(super) fn advise_call(&self, refusal: Refusal, call: Call<'_>, args: &[Argument<'_>], at: At) -> Fault {
        let all = self.callable(call);
        let ambiguous = refusal.sqlstate == "42725";
        let named = match call.name {
            "timezone" => refusal.note("`value AT TIME ZONE zone` is `timezone(zone, value)`"),
            "extract" => refusal.note("`EXTRACT(field FROM value)` is `extract(field, value)`"),
            "btrim" | "ltrim" | "rtrim" => refusal.note(format!("`TRIM` is `{}`", call.name)),
            _ => refusal,
        };
        let shown: Vec<String> = all.iter().take(MOST).map(|function| format!("`{}`", self.signature(call.name, function))).collect();
        let refusal = match (shown.as_slice(), all.len().saturating_sub(MOST)) {
            ([], _) => named,
            (_, 0) => named.note(format!("there is {}", shown.join(", "))),
            (_, more) => named.note(format!("there is {} and {more} more", shown.join(", "))),
        };
        if !refusal.help.is_empty() {
            return refusal.at(at);
        }
        if ambiguous {
            return refusal.help("cast the arguments to the types that are meant: `..::type`").at(at);
        }
        if let Some(text) = self.swapped(call, args) {
            return refusal.help(format!("in the other order: `{text}`")).at(at);
        }
        let takes = all.iter().any(|function| function.takes(call.args.len()));
        if !takes && !all.is_empty() {
            let mut counts: Vec<usize> = all.iter().map(|function| function.args.len()).collect();
            counts.sort_unstable();
            counts.dedup();
            let several = counts != [1];
            let counts: Vec<String> = counts.iter().map(usize::to_string).collect();
            return refusal.help(format!("it takes {} argument{}", counts.join(" or "), if several { "s" } else { "" })).at(at);
        }
        match self.one_wrong(call) {
            Some(index) => {
                let here = args.get(index).map_or(at, |(_, at)| *at);
                match self.with_argument(call, args, index, &all) {
                    Some(text) => refusal.help(format!("cast the argument: `{text}`")).at(here),
                    None => refusal.at(here),
                }
            }
            None => refusal.at(at),
        }
    }

    /// The functions of that name that a policy can call, the nearest first.
    fn callable(&self, call: Call<'_>) -> Vec<Function> {
        let internal = |kind: &TypeId| matches!(kind.0, 2275 | 2281);
        let mut all: Vec<Function> = self.world.catalog().functions(call.name);
        all.retain(|function| !function.args.iter().any(internal));
        let wrong = |function: &Function| {
            let pairs = function.args.iter().zip(call.args);
            pairs.filter(|(wanted, given)| !can_coerce(self.world, &[**given], &[**wanted], Context::Implicit)).count()
        };
        let inexact = |function: &Function| function.args.iter().zip(call.args).filter(|(wanted, given)| wanted != given).count();
        all.sort_by_key(|function| (!function.takes(call.args.len()), wrong(function), inexact(function)));
        all
    }

    fn signature(&self, name: &str, function: &Function) -> String {
        let mut args: Vec<String> = function.args.iter().map(|kind| self.world.name(*kind)).collect();
        if function.variadic.is_some() {
            args.push("..".to_owned());
        }
        format!("{name}({})", args.join(", "))
    }

    fn answers(&self, name: &str, args: &[TypeId]) -> bool {
        function::called(self.world, Call { name, args, names: &[] }).is_ok()
    }

    /// The one argument without which the call would be answered.
    fn one_wrong(&self, call: Call<'_>) -> Option<usize> {
        let fits = |index: &usize| {
            let mut args = call.args.to_vec();
            if let Some(kind) = args.get_mut(*index) {
                *kind = TypeId::UNKNOWN;
            }
            match function::called(self.world, Call { args: &args, ..call }) {
                Ok(_) => true,
                Err(refusal) => refusal.sqlstate == "42725",
            }
        };
        let mut fitting = (0..call.args.len()).filter(fits);
        let only = fitting.next()?;
        if call.args.get(only) == Some(&TypeId::UNKNOWN) || fitting.next().is_some() { None } else { Some(only) }
    }

    /// The call with one argument cast to what a function takes: a preferred type first.
    fn with_argument(&self, call: Call<'_>, args: &[Argument<'_>], index: usize, all: &[Function]) -> Option<String> {
        let given = call.args.get(index)?;
        let mut wanted: Vec<TypeId> = all.iter().filter_map(|function| function.args.get(index).copied()).collect();
        wanted.sort_by_key(|kind| !self.world.is_preferred(*kind));
        let kind = wanted.into_iter().find(|kind| {
            let mut tried = call.args.to_vec();
            if let Some(one) = tried.get_mut(index) {
                *one = *kind;
            }
            let loses = self.world.category(*kind) == b'A' && self.world.category(*given) != b'A';
            !kind.is_polymorphic()
                && !loses
                && can_coerce(self.world, &[*given], &[*kind], Context::Explicit)
                && self.answers(call.name, &tried)
        })?;
        let text = |(i, (expr, _)): (usize, &Argument<'_>)| {
            let expr = (*expr)?;
            if i == index { Some(self.cast_to(expr, kind)) } else { self.said(expr) }
        };
        let whole: Option<Vec<String>> = args.iter().enumerate().map(text).collect();
        match whole {
            Some(whole) if !matches!(call.name, "timezone" | "btrim" | "ltrim" | "rtrim") => {
                Some(format!("{}({})", call.name, whole.join(", ")))
            }
            _ => args.get(index).and_then(|(expr, _)| *expr).map(|expr| self.cast_to(expr, kind)),
        }
    }

    /// The call with two arguments exchanged.
    fn swapped(&self, call: Call<'_>, args: &[Argument<'_>]) -> Option<String> {
        if !call.names.is_empty() || call.name == "timezone" || args.iter().any(|(expr, _)| expr.is_none()) {
            return None;
        }
        let pairs = (1..call.args.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        for (a, b) in pairs {
            let mut tried = call.args.to_vec();
            tried.swap(a, b);
            if call.args.get(a) != call.args.get(b) && self.answers(call.name, &tried) {
                let mut exprs: Vec<Argument<'_>> = args.to_vec();
                exprs.swap(a, b);
                let text: Option<Vec<String>> = exprs.iter().map(|(expr, _)| self.said((*expr)?)).collect();
                return Some(format!("{}({})", call.name, text?.join(", ")));
            }
        }
        None
    }
}
