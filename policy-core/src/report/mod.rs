//! A checked set as a list that a reviewer ticks: who gets at which rows, by which rule, and who passes the rules.
//!
//! In: a `Checked` set. Out: Markdown, always the same for the same set. Says only what the plan and the renderer say, so
//! that it cannot differ from the SQL; writes no SQL of its own.

mod definers;
mod logs;
mod markdown;
mod matrix;
mod roles;
mod schemas;
mod tables;

use markdown::code;

use crate::check::Checked;
use crate::check::access::Access;
use crate::check::roles::Roles;
use crate::model::{Allow, ContextSource, Item, PolicySet, Routine, Target};
use crate::plan::Index;

/// What every part reads.
struct Facts<'a> {
    set: &'a PolicySet,
    index: &'a Index<'a>,
    roles: &'a Roles<'a>,
    access: &'a Access<'a>,
}

/// The checklist of a set.
#[must_use]
pub fn checklist(checked: &Checked) -> String {
    let set = checked.set();
    let (index, roles) = (Index::new(set), Roles::of(set));
    let access = Access::of(set, &roles);
    let facts = Facts { set, index: &index, roles: &roles, access: &access };
    let mut out = Vec::new();
    head(set, &mut out);
    roles::write(&facts, &mut out);
    context(set, &mut out);
    schemas::write(&facts, &mut out);
    tables::write(&facts, &mut out);
    logs::write(&facts, &mut out);
    definers::write(&facts, &mut out);
    accepted(set, &mut out);
    elsewhere(&mut out);
    out.dedup_by(|line, before| line.is_empty() && before.is_empty());
    out.join("\n") + "\n"
}

fn head(set: &PolicySet, out: &mut Vec<String>) {
    let versions = set.versions;
    let product = if set.target == Target::Citus { "Citus on PostgreSQL" } else { "PostgreSQL" };
    out.push(format!("# Row security of {}", set.name));
    out.push(String::new());
    out.push(format!(
        "For {product} {} to {}. Made from the declarations; a box is ticked by whoever has read what stands behind it.",
        versions.oldest, versions.newest
    ));
}

/// Who says who asks.
fn context(set: &PolicySet, out: &mut Vec<String>) {
    if set.contexts().next().is_none() {
        return;
    }
    markdown::heading(2, "The caller", out);
    out.push(
        "- [ ] Whoever opens a request sets these for its transaction, and nobody else can run SQL as the role of a request.".to_owned(),
    );
    out.push(String::new());
    let fields = set.contexts().flat_map(|context| context.fields.iter().map(move |field| (context, field)));
    let rows = fields.map(|(context, field)| {
        vec![code(&format!("{}.{}", context.item, field.name)), source(&field.source), code(&field.kind.to_string())]
    });
    markdown::table(&["field", "from", "type"], rows, out);
}

/// Where a field's value is read.
fn source(from: &ContextSource) -> String {
    match from {
        ContextSource::Setting(setting) => format!("setting {}", code(setting)),
        ContextSource::Claim(setting, path) => format!("claim {} in {}", code(&path.join(".")), code(setting)),
        ContextSource::Routine(Routine::Named(name), written) => format!("{} of {}", code(&name.to_string()), source(written)),
        ContextSource::Routine(Routine::Method(item, method), written) => {
            format!("{} of {}", code(&format!("{item}.{method}")), source(written))
        }
    }
}

/// Warnings that an item accepts.
fn accepted(set: &PolicySet, out: &mut Vec<String>) {
    let said = |item: &Item, allow: &Allow| format!("- [ ] {} {}: {}", code(item.name()), allow.code, markdown::text(&allow.reason));
    let all: Vec<String> = set.items.iter().flat_map(|item| allows(item).iter().map(move |allow| said(item, allow))).collect();
    if !all.is_empty() {
        markdown::heading(2, "Accepted", out);
        out.push("What the checks warn of, and why it stays:".to_owned());
        out.push(String::new());
        out.extend(all);
    }
}

fn allows(item: &Item) -> &[Allow] {
    match item {
        Item::Table(item) => &item.allows,
        Item::Role(item) => &item.allows,
        Item::Schema(item) => &item.allows,
        Item::Context(item) => &item.allows,
        Item::View(item) => &item.allows,
        Item::Functions(item) => &item.allows,
    }
}

/// What no declaration can show.
fn elsewhere(out: &mut Vec<String>) {
    markdown::heading(2, "Not shown here", out);
    for line in [
        "Superusers, and roles with BYPASSRLS that the set does not declare, pass every policy.",
        "Foreign keys and unique constraints look past policies: a key that another tenant can guess can be found out.",
        "Backups and logical replication read every row.",
        "What a function does beyond its declaration, and what `EXECUTE` in it builds, is read by hand.",
    ] {
        out.push(format!("- [ ] {line}"));
    }
}
