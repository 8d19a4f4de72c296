//! The statements of functions.
//!
//! In: a linked set. Out: for each function of ours, in the order of `items`, what makes it run as declared, and who may
//! execute it. Must not know what a body says. Source: PostgreSQL documentation, CREATE FUNCTION, ALTER FUNCTION.

use super::owner::owned;
use super::quote::{do_block, dollars, grantee, ident, literal, relation, sql_type};
use super::script::{FunctionPart, Key, Statement};
use super::seen::visible_body;
use crate::model::{Body, Function, Functions, Grantee, PolicySet, Relation, Returns, Routine, Volatility};
use crate::plan::privileges::executors;

pub(super) fn statements(set: &PolicySet) -> Vec<Statement> {
    let ours = set.functions().filter(|functions| !functions.external);
    ours.flat_map(|of| of.functions.iter().map(move |function| (of, function))).flat_map(|(of, function)| one(of, function, set)).collect()
}

/// Definition, owner, rights. A body in `sql` may only call what stands before it: PostgreSQL looks it up at once.
fn one(of: &Functions, function: &Function, set: &PolicySet) -> Vec<Statement> {
    let path = of.path(function);
    let mut all = vec![definition(&path, function, set)];
    if let Some(role) = owner(function, set) {
        let (object, name) = (signature(&path, function), literal(&signature(&path, function)));
        let current = format!("SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure({name})");
        all.push(Statement::new(key(&path, function, FunctionPart::Owner), owned("FUNCTION", &object, &current, &path, role), ""));
    }
    all.extend(grants(of, function, set));
    // What is dropped and created again has another owner, and is open to PUBLIC.
    all.into_iter().map(|statement| Statement { shape: Some(shape(&path, function)), ..statement }).collect()
}

/// The role that is to own a function: its definer; else, if its body is ours, the owner of the set.
pub(super) fn owner<'a>(function: &'a Function, set: &'a PolicySet) -> Option<&'a str> {
    let of_set = set.owner.as_deref().filter(|_| function.body.is_some());
    function.definer.as_deref().or(of_set)
}

/// A function where it is called.
pub(super) fn called(routine: &Routine) -> String {
    match routine {
        Routine::Named(name) => relation(name),
        // Linked sets have none: a name that the server refuses.
        Routine::Method(item, method) => format!("{}.{}", ident(item), ident(method)),
    }
}

/// `queues.append_error(bigint, text)`: a function as ALTER, GRANT and DROP name it.
pub(super) fn signature(path: &Relation, function: &Function) -> String {
    format!("{}({})", relation(path), types(function).join(", "))
}

fn types(function: &Function) -> Vec<String> {
    function.args.iter().map(|argument| sql_type(&argument.kind)).collect()
}

fn key(path: &Relation, function: &Function, part: FunctionPart) -> Key {
    Key::Function(path.clone(), types(function), part)
}

fn definition(path: &Relation, function: &Function, set: &PolicySet) -> Statement {
    let key = key(path, function, FunctionPart::Definition);
    let Some(body) = &function.body else { return Statement::new(key, altered(path, function), "") };
    let (head, returns) = (declared(path, function), returned(&function.returns));
    let text = match body {
        Body::Text(text) => text.clone(),
        Body::Visible(rows) => visible_body(rows, &function.args, set),
    };
    let path_set = search_path(path, function).map(|path| format!("\n    {path}")).unwrap_or_default();
    let create = format!(
        "CREATE OR REPLACE FUNCTION {head} RETURNS {returns}\n    LANGUAGE {} {} SECURITY {}{path_set}\nAS {};",
        ident(function.language.as_str()),
        volatility(function.volatility),
        security(function),
        dollars(&text)
    );
    let drop = format!("DROP FUNCTION IF EXISTS {};", signature(path, function));
    Statement::new(key, create, drop)
}

/// The shapes of the functions of a name with so many arguments.
pub(super) fn shapes(set: &PolicySet, name: &Relation, arguments: usize) -> Vec<String> {
    let meant = |function: &&Function| function.name == name.name && function.args.len() == arguments;
    let ours = set.functions().filter(|of| !of.external && of.schema == name.schema);
    ours.flat_map(|of| of.functions.iter().filter(meant)).map(|function| shape(name, function)).collect()
}

/// Neither the names of arguments nor what is returned can be replaced.
fn shape(path: &Relation, function: &Function) -> String {
    format!("{} {}", declared(path, function), returned(&function.returns))
}

/// `queues.append_error(task_id bigint, message text)`.
fn declared(path: &Relation, function: &Function) -> String {
    let args = function.args.iter().map(|argument| format!("{} {}", ident(argument.name.as_str()), sql_type(&argument.kind)));
    format!("{}({})", relation(path), args.collect::<Vec<_>>().join(", "))
}

/// `ALTER FUNCTION f(bigint) SECURITY DEFINER SET search_path = ..;` What says nothing of its volatility keeps it.
fn altered(path: &Relation, function: &Function) -> String {
    let mut words = vec![format!("SECURITY {}", security(function))];
    words.extend((function.volatility != Volatility::Volatile).then(|| volatility(function.volatility).to_owned()));
    words.extend(search_path(path, function));
    format!("ALTER FUNCTION {} {};", signature(path, function), words.join(" "))
}

fn security(function: &Function) -> &'static str {
    if function.definer.is_some() { "DEFINER" } else { "INVOKER" }
}

fn volatility(volatility: Volatility) -> &'static str {
    match volatility {
        Volatility::Immutable => "IMMUTABLE",
        Volatility::Stable => "STABLE",
        Volatility::Volatile => "VOLATILE",
    }
}

/// `SET search_path = queues, pg_temp`: unless it is named, and last, temporary objects are found first. A body without a
/// path has that of its schema: else whoever calls it, through a policy too, says which tables it reads.
fn search_path(path: &Relation, function: &Function) -> Option<String> {
    let own = function.body.is_some().then_some(std::slice::from_ref(&path.schema));
    let found = function.search_path.as_deref().or(own)?;
    let names: Vec<String> = found.iter().map(|name| ident(name.as_str())).chain(["pg_temp".to_owned()]).collect();
    Some(format!("SET search_path = {}", names.join(", ")))
}

fn returned(returns: &Returns) -> String {
    match returns {
        Returns::Void => "void".to_owned(),
        Returns::Trigger => "trigger".to_owned(),
        Returns::One(kind) => sql_type(kind),
        Returns::Set(kind) => format!("SETOF {}", sql_type(kind)),
    }
}

/// `REVOKE ALL ON FUNCTION f(bigint) FROM role; GRANT EXECUTE ..`, and for PUBLIC always the REVOKE.
fn grants(of: &Functions, function: &Function, set: &PolicySet) -> Vec<Statement> {
    let path = of.path(function);
    let held = executors(of, function, set);
    let public = Some(&Grantee::Public).filter(|public| !held.contains(public));
    let statement = |to: &Grantee, grants: bool| {
        let (object, role) = (signature(&path, function), grantee(to));
        let revoke = format!("REVOKE ALL ON FUNCTION {object} FROM {role};");
        let key = key(&path, function, FunctionPart::Grants(to.clone()));
        if !grants {
            return Statement::new(key, revoke, "");
        }
        let undone = format!("BEGIN\n    IF to_regprocedure({}) IS NOT NULL THEN\n        {revoke}\n    END IF;\nEND", literal(&object));
        Statement::new(key, format!("{revoke}\nGRANT EXECUTE ON FUNCTION {object} TO {role};"), do_block(&undone))
    };
    public.map(|to| statement(to, false)).into_iter().chain(held.iter().map(|to| statement(to, true))).collect()
}
