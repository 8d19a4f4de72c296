//! What runs with other rights than the caller's: functions and views with a definer; and what runs with the caller's.

use super::Facts;
use super::markdown::{self, code, codes};
use super::matrix::grantees;
use crate::model::{Function, Functions, Ident, PolicySet, View};
use crate::plan::privileges::executors;
use crate::render::quote;

pub(super) fn write(facts: &Facts<'_>, out: &mut Vec<String>) {
    let functions: Vec<(&Functions, &Function)> =
        facts.set.functions().filter(|all| !all.external).flat_map(|all| all.functions.iter().map(move |one| (all, one))).collect();
    let views: Vec<&View> = facts.set.views().filter(|view| !view.external).collect();
    if functions.is_empty() && views.is_empty() {
        return;
    }
    markdown::heading(2, "Functions and views", out);
    out.push("What a definer may read and write is its row in the tables above.".to_owned());
    out.push(String::new());
    out.extend(functions.iter().map(|(all, function)| of_function(all, function, facts.set)));
    out.extend(views.iter().map(|view| of_view(view)));
}

fn of_function(all: &Functions, function: &Function, set: &PolicySet) -> String {
    let types: Vec<String> = function.args.iter().map(|argument| quote::sql_type(&argument.kind)).collect();
    let name = code(&format!("{}({})", quote::relation(&all.path(function)), types.join(", ")));
    let runs = match &function.definer {
        Some(definer) => {
            let path = function.search_path.iter().flatten().map(Ident::as_str).chain(["pg_temp"]);
            format!("runs as **{}** (SECURITY DEFINER, search path {})", code(definer), codes(path))
        }
        None => "runs as its caller (SECURITY INVOKER)".to_owned(),
    };
    let body = if function.body.is_some() { "" } else { "; its body is the application's" };
    format!("- [ ] {name} {runs}; executed by {}{body}.", grantees(executors(all, function, set)))
}

fn of_view(view: &View) -> String {
    let reads = match &view.definer {
        Some(definer) => format!("reads as **{}**, behind a barrier", code(definer)),
        None => "reads as its caller".to_owned(),
    };
    format!(
        "- [ ] {} {reads}; read by {}.",
        code(&quote::relation(&view.relation)),
        grantees(view.grants.iter().flat_map(|grant| &grant.to))
    )
}
