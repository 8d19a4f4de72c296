//! The same table as a set: text in, our SQL out; and the same text as PostgreSQL alone would be given it.

use policy_core::diag::Part;
use policy_core::expr::{self, Form, Scope};
use policy_core::model::{Node, Notate, PolicySet};
use policy_core::plan::Index;
use policy_core::render;

const COLUMNS: &[(&str, &str)] = &[
    ("id", "integer"),
    ("i", "integer"),
    ("b", "bigint"),
    ("n", "numeric"),
    ("r", "\"double precision\""),
    ("s", "text"),
    ("v", "\"character varying\""),
    ("c", "character"),
    ("f", "boolean"),
    ("g", "boolean"),
    ("u", "uuid"),
    ("d", "date"),
    ("ts", "timestamp"),
    ("tz", "timestamptz"),
    ("iv", "interval"),
    ("j", "jsonb"),
    ("js", "json"),
    ("ia", "(integer () yes)"),
    ("ta", "(text () yes)"),
    ("ip", "inet"),
    ("by", "bytea"),
    ("rng", "int4range"),
];

const MEMBERS: &[(&str, &str)] = &[("id", "integer"), ("team", "integer"), ("who", "uuid"), ("tag", "text"), ("ok", "boolean")];

/// Name, type in the notation, type in SQL.
const FIELDS: &[(&str, &str, &str)] = &[
    ("user_id", "uuid", "uuid"),
    ("n", "integer", "int"),
    ("name", "text", "text"),
    ("flag", "boolean", "boolean"),
    ("ids", "(uuid () yes)", "uuid[]"),
    ("nums", "(integer () yes)", "int[]"),
    ("names", "(text () yes)", "text[]"),
    ("since", "date", "date"),
];

pub(crate) fn set() -> PolicySet {
    let columns = |all: &[(&str, &str)]| -> String {
        all.iter().map(|(name, kind)| format!("(column (field {name}) (name {name}) (kind {kind}) (nullable yes))")).collect()
    };
    let fields: String =
        FIELDS.iter().map(|(name, kind, _)| format!("(field (name {name}) (source (setting ctx.{name})) (kind {kind}))")).collect();
    let text = format!(
        "(set (name S) (owner owner) (target postgres) (versions (versions (oldest 14) (newest 18))) (items (
            (context (item C) (fields ({fields})))
            (table (item T) (relation (public t)) (context C) (columns ({})) (tenancy none))
            (table (item M) (relation (public m)) (columns ({})) (tenancy external)))))",
        columns(COLUMNS),
        columns(MEMBERS)
    );
    PolicySet::read(&Node::parse(&text).unwrap()).unwrap()
}

/// Our rendering of the text, or the code of the first refusal.
pub(crate) fn rendered(set: &PolicySet, text: &str) -> Result<String, String> {
    let table = set.tables().next().unwrap();
    let outcome = expr::parse(text, Scope { columns: &table.columns, context: true, form: Form::Sql, part: Part::Item });
    match (outcome.expr, outcome.faults.first()) {
        (Some(expr), None) => Ok(render::expr::predicate(&Index::new(set), table, &expr)),
        (_, Some(fault)) => Err(fault.code.to_string()),
        (None, None) => Err("neither".to_owned()),
    }
}

/// What SQL has no words for, in words of SQL: `self.i` is `t.i`, `ctx.n` reads its setting.
pub(crate) fn plain(text: &str) -> String {
    let mut text = text.replace("self.", "t.").replace("Self.", "t.");
    let mut fields = FIELDS.to_vec();
    fields.sort_by_key(|(name, ..)| std::cmp::Reverse(name.len()));
    for (name, _, kind) in fields {
        let replaced = format!("(nullif(current_setting('ctx/{name}', true), '')::{kind})");
        text = text.replace(&format!("ctx.{name}"), &replaced);
    }
    text.replace("ctx/", "ctx.")
}
