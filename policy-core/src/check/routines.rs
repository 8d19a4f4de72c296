//! The declared functions of a set, and which of them a call means.
//!
//! In: a set as declared. Out: for each call the functions that it may mean, or why there is none. Must not know where
//! the call stands. Overloads are told apart by the number of their arguments, then by those types that are known.

use std::collections::BTreeMap;

use super::compare::takes;
use crate::diag::{Code, Diagnostic, Place, codes, listed, nearest};
use crate::model::{Argument, Function, PolicySet, Relation, Returns, Routine, SqlType, Volatility};

/// What is wrong with a call.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: Vec<String>,
}

impl Wrong {
    pub(super) fn at(self, place: Place) -> Diagnostic {
        self.help.into_iter().fold(Diagnostic::new(self.code, place, self.message), Diagnostic::help)
    }
}

/// The functions of a set by how they are called.
#[derive(Debug, Default)]
pub(super) struct Routines {
    traits: BTreeMap<String, Vec<(Relation, Function)>>,
}

impl Routines {
    pub(super) fn of(set: &PolicySet) -> Routines {
        let mut traits: BTreeMap<String, Vec<(Relation, Function)>> = BTreeMap::new();
        for one in set.functions() {
            let functions = one.functions.iter().map(|function| (one.path(function), function.clone()));
            traits.entry(one.item.clone()).or_default().extend(functions);
        }
        Routines { traits }
    }

    /// The functions that a call may mean by its name; several are overloads.
    fn named(&self, routine: &Routine) -> Result<Vec<&(Relation, Function)>, Wrong> {
        match routine {
            Routine::Method(item, method) => {
                let Some(functions) = self.traits.get(item) else { return Err(self.no_trait(item)) };
                let found = functions.iter().find(|(_, function)| function.method == *method);
                found.map(|found| vec![found]).ok_or_else(|| no_method(item, method, functions))
            }
            Routine::Named(name) => {
                let found: Vec<_> = self.all().filter(|(path, _)| path == name).collect();
                if found.is_empty() { Err(self.no_name(name)) } else { Ok(found) }
            }
        }
    }

    fn all(&self) -> impl Iterator<Item = &(Relation, Function)> {
        self.traits.values().flatten()
    }

    /// The function that a call with arguments of these types means, as far as they are known.
    pub(super) fn called(&self, routine: &Routine, args: &[Option<SqlType>]) -> Result<(&Relation, &Function), Wrong> {
        let named = self.named(routine)?;
        let takes = |function: &Function| {
            let fits = |(argument, given): (&Argument, &Option<SqlType>)| given.as_ref().is_none_or(|given| takes(&argument.kind, given));
            function.args.len() == args.len() && function.args.iter().zip(args).all(fits)
        };
        if let Some((path, function)) = named.iter().find(|(_, function)| takes(function)) {
            return Ok((path, function));
        }
        let signatures: Vec<String> = named.iter().map(|(path, function)| signature(path, function)).collect();
        let given: Vec<String> = args.iter().map(|kind| kind.as_ref().map_or_else(|| "?".to_owned(), SqlType::to_string)).collect();
        Err(Wrong {
            code: codes::WRONG_ARGUMENTS,
            message: format!("{} is called with ({})", listed(signatures.iter().map(String::as_str)), given.join(", ")),
            help: vec![
                "pass as many values as it has arguments, of types that compare with theirs; or cast a value: `value::type`".to_owned(),
            ],
        })
    }

    fn no_trait(&self, item: &str) -> Wrong {
        let near = nearest(item, self.traits.keys().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
        let list = format!("list `{item}` in the `items` of the `policy_set!`; functions of others are declared with `external`");
        Wrong {
            code: codes::NOT_IN_SET,
            message: format!("`{item}` is not a trait of functions of the set"),
            help: near.into_iter().chain([list]).collect(),
        }
    }

    fn no_name(&self, name: &Relation) -> Wrong {
        let known: Vec<String> = self.all().map(|(path, _)| path.to_string()).collect();
        let near = nearest(&name.to_string(), known.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
        let declare = "declare it as a method of a trait with `#[functions(schema = \"..\")]`; one of others with `external`".to_owned();
        Wrong {
            code: codes::UNDECLARED_FUNCTION,
            message: format!("no item of the set declares the function `{name}`"),
            help: near.into_iter().chain([declare]).collect(),
        }
    }
}

fn no_method(item: &str, method: &str, functions: &[(Relation, Function)]) -> Wrong {
    let known = || functions.iter().map(|(_, function)| function.method.as_str());
    let near = nearest(method, known()).map(|near| format!("did you mean `{item}.{near}`?"));
    Wrong {
        code: codes::NO_SUCH_FUNCTION,
        message: format!("`{item}` has no function `{method}`"),
        help: near.into_iter().chain([format!("its functions are {}", listed(known()))]).collect(),
    }
}

/// `queues.append_error(bigint, text)`, for messages.
pub(super) fn signature(path: &Relation, function: &Function) -> String {
    let args: Vec<String> = function.args.iter().map(|argument| argument.kind.to_string()).collect();
    format!("{path}({})", args.join(", "))
}

/// Whether two functions of one schema are one for PostgreSQL, which does not look at modifiers.
pub(super) fn same_signature(a: &Function, b: &Function) -> bool {
    let same = |(a, b): (&Argument, &Argument)| a.kind.base == b.kind.base && a.kind.array == b.kind.array;
    a.name == b.name && a.args.len() == b.args.len() && a.args.iter().zip(&b.args).all(same)
}

/// Why a function cannot stand in a predicate.
pub(super) fn in_predicate(path: &Relation, function: &Function) -> Option<Wrong> {
    let called = signature(path, function);
    if !matches!(function.returns, Returns::One(_)) {
        return Some(Wrong {
            code: codes::WRONG_ARGUMENTS,
            message: format!("`{called}` gives no single value, so a predicate cannot use it"),
            help: vec!["call a function that returns one value".to_owned()],
        });
    }
    (function.volatility == Volatility::Volatile).then(|| Wrong {
        code: codes::VOLATILE,
        message: format!("`{called}` is volatile: it may give another answer for every row"),
        help: vec![format!("if it only reads, say so on `{}`: `#[function(volatility = stable)]`", function.method)],
    })
}
