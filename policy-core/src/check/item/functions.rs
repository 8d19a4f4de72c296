//! H0123, H0801, H0802, H0803: a trait of functions by itself.

use crate::diag::{Diagnostic, FunctionPart, Part, Place, Sink, codes};
use crate::model::{Body, Function, Functions, Returns};

use super::super::routines::{same_signature, signature};

pub(super) fn check(functions: &Functions, sink: &mut Sink) {
    for (i, function) in functions.functions.iter().enumerate() {
        let place = |part| Place::Part(Part::Function(i, part));
        if functions.external && function.body.is_some() {
            sink.push(
                Diagnostic::new(
                    codes::BODY_ON_EXTERNAL,
                    place(FunctionPart::Body),
                    format!("`{}` has a body and is external", function.method),
                )
                .note("what is external is called in predicates and never created or altered")
                .help("remove the body, or remove `external` if the functions are ours"),
            );
        }
        pinned(function, &place, sink);
        shape(function, &place, sink);
        let earlier = functions.functions.iter().take(i).find(|other| same_signature(other, function));
        if let Some(other) = earlier {
            sink.push(same(&signature(&functions.path(function), function), &other.method, place(FunctionPart::Whole)));
        }
    }
}

/// Two methods are one function of the database.
pub(in crate::check) fn same(signature: &str, other: &str, place: Place) -> Diagnostic {
    Diagnostic::new(codes::SIGNATURE_TWICE, place, format!("`{signature}` is declared by `{other}` already"))
        .note("PostgreSQL tells functions of one name apart by the types of their arguments alone")
        .help("give one of them another name, or declare it once")
}

/// What runs with the rights of another finds what it names where its author meant it.
fn pinned(function: &Function, place: &dyn Fn(FunctionPart) -> Place, sink: &mut Sink) {
    let fault = |part, message: String| {
        Diagnostic::new(codes::UNPINNED_PATH, place(part), message)
            .note("whoever calls it sets `search_path`, and could make it run a table or an operator of his own with the definer's rights")
            .help("name the schemas that it uses: `search_path = \"queues\"`; `pg_temp` comes last by itself")
    };
    match &function.search_path {
        None if function.definer.is_some() => {
            sink.push(fault(FunctionPart::Definer, format!("`{}` has a definer and no `search_path`", function.method)));
        }
        Some(path) => {
            for name in path.iter().map(|name| name.as_str()).filter(|name| matches!(*name, "$user" | "pg_temp")) {
                let what =
                    if name == "pg_temp" { "`pg_temp` stands before another schema" } else { "`$user` is another schema for every role" };
                sink.push(fault(FunctionPart::Path, format!("{what} in the `search_path` of `{}`", function.method)));
            }
            if path.iter().skip(1).any(|name| name.as_str() == "pg_catalog") {
                let message = format!("`pg_catalog` stands behind another schema in the `search_path` of `{}`", function.method);
                let built_in = "where it is not named it comes first: named later, what others create stands before what is built in";
                sink.push(fault(FunctionPart::Path, message).note(built_in));
            }
        }
        None => {}
    }
}

/// What PostgreSQL asks of trigger functions, and `visible` of its arguments.
fn shape(function: &Function, place: &dyn Fn(FunctionPart) -> Place, sink: &mut Sink) {
    let mut refuse = |part, message: &str, help: &str| {
        let message = format!("`{}` {message}", function.method);
        sink.push(Diagnostic::new(codes::NOT_A_SIGNATURE, place(part), message).help(help));
    };
    if function.returns == Returns::Trigger && !function.args.is_empty() {
        refuse(FunctionPart::Argument(0), "returns `trigger` and takes arguments", "a trigger passes none: remove them");
    }
    if function.returns == Returns::Trigger && function.body.is_some() && function.language.as_str() == "sql" {
        refuse(FunctionPart::Whole, "returns `trigger` and is written in SQL", "write it in another language: `language = \"plpgsql\"`");
    }
    let boolean = matches!(&function.returns, Returns::One(kind) if kind.is("boolean"));
    let texts = function.args.len() == 2 && function.args.iter().all(|argument| argument.kind.is("text"));
    if matches!(function.body, Some(Body::Visible(_))) && !(boolean && texts) {
        refuse(
            FunctionPart::Whole,
            "says whether a row is visible, by the name of its table and its key as text",
            "write its signature `fn name(table_name: String, row_id: String) -> bool;`",
        );
    }
}
