//! `permit(..)`, `restrict(..)`, `grant(..)`, `never(..)` of a table.

use super::columns::listed_columns;
use super::entry::{Entry, Keys, Value, entries};
use super::predicate::{self, Names};
use super::{Cx, Keep};
use crate::diag::{Part, RulePart, codes, listed, nearest};
use crate::model::{Command, CommandColumns, Grant, Grantee, Ident, Never, Privilege, Rule, RuleKind};

const OPTIONS: &[&str] = &["to", "using", "with_check", "across_tenants", "name", "renamed_from"];

/// A `permit(..)` or `restrict(..)`, the `index`th rule of its table.
pub(super) fn rule(entry: &Entry, index: usize, kind: RuleKind, names: Names<'_>, cx: &mut Cx) -> Option<Rule> {
    let part = |part| Part::Rule(index, part);
    cx.origins.part(part(RulePart::Whole), entry.tokens);
    let (commands, options) = split(entries(entry.list(cx)?, cx), |name| name == "all" || Command::from_word(name).is_some());
    let keys = options_of(options, &commands_known(), OPTIONS, &format!("`{}(..)`", entry.name), cx);
    if commands.is_empty() && keys.lacks(COMMAND) {
        cx.at(codes::MISSING_KEY, entry.tokens, format!("`{}(..)` without a command", entry.name))
            .help(format!("say for what: {}", listed(commands_known())))
            .keep(cx);
    }
    let all = commands.iter().find(|command| command.name == "all");
    let commands = read_commands(&commands, all, index, kind, names, cx);
    let all = all.is_some();
    for (key, piece) in [("across_tenants", RulePart::Across), ("name", RulePart::Name)] {
        if let Some(entry) = keys.get(key) {
            cx.origins.part(part(piece), entry.tokens);
        }
    }
    let to = grantees(&keys, "to", entry, |k| part(RulePart::To(k)), kind == RuleKind::Restrict, cx);
    let predicate = |key: &str, piece, cx: &mut Cx| keys.get(key).and_then(|entry| predicate::read(entry, part(piece), names, cx));
    Some(Rule {
        kind,
        all,
        commands,
        to,
        using: predicate("using", RulePart::Using, cx),
        with_check: predicate("with_check", RulePart::WithCheck, cx),
        across_tenants: keys.reason("across_tenants", cx),
        name: policy_name(&keys, "name", cx),
        renamed_from: policy_name(&keys, "renamed_from", cx),
    })
}

fn policy_name(keys: &Keys, key: &str, cx: &mut Cx) -> Option<String> {
    let (text, tokens) = keys.get(key)?.text(cx)?;
    super::columns::name(&text, tokens, cx).map(|name| name.as_str().to_owned())
}

fn commands_known() -> Vec<&'static str> {
    std::iter::once("all").chain(Command::ALL.iter().map(|command| command.word())).collect()
}

/// Entries that name a command or privilege, and the others.
fn split(all: Vec<Entry>, is_command: impl Fn(&str) -> bool) -> (Vec<Entry>, Vec<Entry>) {
    all.into_iter().partition(|entry| !matches!(entry.value, Value::Assign(_)) && is_command(&entry.name))
}

/// What `Keys` remembers of an unknown command.
const COMMAND: &str = "(command)";

/// The options; a bare word that is none of them, nor near to one, was meant as a command.
fn options_of(options: Vec<Entry>, commands: &[&str], known: &[&str], of: &str, cx: &mut Cx) -> Keys {
    let near = |name: &str| nearest(name, commands.iter().chain(known).copied());
    let is_option = |entry: &Entry| {
        let plainly = matches!(entry.value, Value::Assign(_)) || known.contains(&entry.name.as_str());
        plainly || near(&entry.name).is_some_and(|near| known.contains(&near))
    };
    let (options, commandlike): (Vec<Entry>, Vec<Entry>) = options.into_iter().partition(is_option);
    for entry in &commandlike {
        cx.at(codes::UNKNOWN_COMMAND, &entry.key, format!("unknown command `{}` in {of}", entry.name))
            .maybe_help(near(&entry.name).map(|near| format!("did you mean `{near}`?")))
            .help(format!("the commands are {}", listed(commands.iter().copied())))
            .keep(cx);
    }
    let mut keys = Keys::sort(options, known, &[], of, cx);
    if !commandlike.is_empty() {
        keys.mean(COMMAND);
    }
    keys
}

fn read_commands(
    written: &[Entry],
    all: Option<&Entry>,
    index: usize,
    kind: RuleKind,
    names: Names<'_>,
    cx: &mut Cx,
) -> Vec<CommandColumns> {
    if let Some(all) = all.filter(|_| written.len() > 1) {
        cx.at(codes::TWICE_IN_LIST, &all.key, "`all` beside other commands").help("`all` stands for the four of them").keep(cx);
    }
    let mut found: Vec<CommandColumns> = Vec::new();
    for one in written {
        let Some(command) = Command::from_word(&one.name) else {
            columns_not_allowed(one, "`all` takes no columns; list them for each command", cx);
            continue;
        };
        if found.iter().any(|other| other.command == command) {
            cx.at(codes::TWICE_IN_LIST, &one.key, format!("`{}` is listed twice", one.name)).help("remove one").keep(cx);
            continue;
        }
        cx.origins.part(Part::Rule(index, RulePart::Command(found.len())), one.tokens);
        let columns = match (kind, command) {
            (RuleKind::Restrict, _) => columns_not_allowed(one, "a restriction holds for every column; grants stand in `permit`", cx),
            (_, Command::Delete) => columns_not_allowed(one, "DELETE removes whole rows", cx),
            _ => columns(one, names, cx),
        };
        found.push(CommandColumns { command, columns });
    }
    if all.is_some() { Command::ALL.iter().map(|&command| CommandColumns { command, columns: None }).collect() } else { found }
}

fn columns_not_allowed(entry: &Entry, why: &str, cx: &mut Cx) -> Option<Vec<Ident>> {
    if let Value::List(_) = entry.value {
        cx.at(codes::COLUMNS_NOT_ALLOWED, entry.tokens, format!("columns on `{}`", entry.name))
            .note(why)
            .help("remove the columns")
            .keep(cx);
    }
    None
}

fn columns(entry: &Entry, names: Names<'_>, cx: &mut Cx) -> Option<Vec<Ident>> {
    let Value::List(group) = &entry.value else { return None };
    if group.stream().is_empty() {
        cx.at(codes::MALFORMED, entry.tokens, "an empty column list")
            .help("list the columns, or leave the brackets out for all of them")
            .keep(cx);
        return None;
    }
    Some(listed_columns(group.stream(), names.columns, cx))
}

/// `to = ..`; required unless it defaults to PUBLIC.
fn grantees(keys: &Keys, key: &str, entry: &Entry, part: impl Fn(usize) -> Part, default: bool, cx: &mut Cx) -> Vec<Grantee> {
    let Some(to) = keys.get(key) else {
        if default {
            return vec![Grantee::Public];
        }
        if !keys.lacks(key) {
            return Vec::new();
        }
        cx.at(codes::MISSING_KEY, entry.tokens, format!("`{}(..)` without `{key}`", entry.name))
            .help(format!("say to whom: `{key} = Role`, `{key} = [Role, ..]`, or `{key} = PUBLIC` for every role"))
            .keep(cx);
        return Vec::new();
    };
    let found = to.grantees(cx);
    for (k, (_, tokens)) in found.iter().enumerate() {
        cx.origins.part(part(k), *tokens);
    }
    found.into_iter().map(|(grantee, _)| grantee).collect()
}

const TABLE_PRIVILEGES: &[Privilege] = &[
    Privilege::Select,
    Privilege::Insert,
    Privilege::Update,
    Privilege::Delete,
    Privilege::Truncate,
    Privilege::References,
    Privilege::Trigger,
    Privilege::Maintain,
];

/// `grant(privileges, to = ..)`, the `index`th of its table.
pub(super) fn grant(entry: &Entry, index: usize, names: Names<'_>, cx: &mut Cx) -> Option<Grant> {
    cx.origins.part(Part::Grant(index), entry.tokens);
    let words: Vec<&str> = TABLE_PRIVILEGES.iter().map(|privilege| privilege.word()).collect();
    let (privileges, options) = split(entries(entry.list(cx)?, cx), |name| words.contains(&name));
    let keys = options_of(options, &words, &["to"], "`grant(..)`", cx);
    let to = grantees(&keys, "to", entry, |_| Part::Grant(index), false, cx);
    if privileges.is_empty() && keys.lacks(COMMAND) {
        cx.at(codes::MISSING_KEY, entry.tokens, "`grant(..)` without a privilege")
            .help(format!("say what: {}", listed(words.clone())))
            .keep(cx);
    }
    let mut found: Vec<(Privilege, Option<Vec<Ident>>)> = Vec::new();
    for one in &privileges {
        let Some(privilege) = Privilege::from_word(&one.name) else { continue };
        if found.iter().any(|(other, _)| *other == privilege) {
            cx.at(codes::TWICE_IN_LIST, &one.key, format!("`{}` is listed twice", one.name)).help("remove one").keep(cx);
            continue;
        }
        let by_column = matches!(privilege, Privilege::Select | Privilege::Insert | Privilege::Update | Privilege::References);
        let columns = if by_column { columns(one, names, cx) } else { columns_not_allowed(one, "it is about whole rows", cx) };
        found.push((privilege, columns));
    }
    Some(Grant { privileges: found, to })
}

/// `never(commands, to = ..)`, the `index`th of its table.
pub(super) fn never(entry: &Entry, index: usize, names: Names<'_>, cx: &mut Cx) -> Option<Never> {
    cx.origins.part(Part::Never(index), entry.tokens);
    let known: Vec<&str> = commands_known().into_iter().chain(["truncate"]).collect();
    let (commands, options) = split(entries(entry.list(cx)?, cx), |name| known.contains(&name));
    let keys = options_of(options, &known, &["to", "using"], "`never(..)`", cx);
    let using = keys.get("using").and_then(|entry| predicate::read(entry, Part::NeverUsing(index), names, cx));
    let to = grantees(&keys, "to", entry, |_| Part::Never(index), false, cx);
    if commands.is_empty() && keys.lacks(COMMAND) {
        cx.at(codes::MISSING_KEY, entry.tokens, "`never(..)` without a command")
            .help(format!("say what: {}", listed(known.clone())))
            .keep(cx);
    }
    let mut privileges: Vec<Privilege> = Vec::new();
    for one in &commands {
        columns_not_allowed(one, "no column of it either", cx);
        let add: &[Privilege] = match Privilege::from_word(&one.name) {
            Some(Privilege::All) => &[Privilege::Select, Privilege::Insert, Privilege::Update, Privilege::Delete, Privilege::Truncate],
            Some(ref privilege) => &[*privilege],
            None => &[],
        };
        for privilege in add {
            if privileges.contains(privilege) {
                cx.at(codes::TWICE_IN_LIST, &one.key, format!("`{}` is listed twice", one.name)).help("remove one").keep(cx);
                break;
            }
            privileges.push(*privilege);
        }
    }
    Some(Never { privileges, to, using })
}
