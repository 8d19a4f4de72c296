//! H0408: two policies of a table that would have one name, after cutting to 63 bytes.

use std::collections::BTreeMap;

use super::Facts;
use crate::diag::{Diagnostic, Part, Place, RulePart, Sink, codes};
use crate::model::{Grantee, Ident, Table, Target};
use crate::plan::{Index, plan_in};

/// `restrict_select_` and a role of this many bytes still fit into a name.
const LONG: usize = 47;

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    let citus = facts.set.target == Target::Citus;
    let several: Vec<&Table> = facts.set.tables().filter(|table| table.rules.len() > 1 && (citus || unlike(table))).collect();
    if several.is_empty() {
        return;
    }
    let index = Index::new(facts.set);
    for table in several {
        let mut taken: BTreeMap<Ident, usize> = BTreeMap::new();
        for policy in plan_in(table, &index) {
            let Some(rule) = policy.rule else { continue };
            match taken.get(&policy.name) {
                Some(other) if *other != rule => sink.push(same(table, &policy.name, rule).of(&table.item)),
                Some(_) => {}
                None => {
                    taken.insert(policy.name, rule);
                }
            }
        }
    }
}

/// Whether a table has names that the item itself could not compare: an explicit one meets default ones, a long one is
/// cut. One rule cannot clash with itself, and the names of floors are reserved.
fn unlike(table: &Table) -> bool {
    let long = |to: &Grantee| matches!(to, Grantee::Role(name) if name.len() > LONG);
    table.rules.iter().any(|rule| rule.name.is_some() || rule.to.first().is_some_and(long))
}

fn same(table: &Table, name: &Ident, rule: usize) -> Diagnostic {
    let named = table.rules.get(rule).is_some_and(|rule| rule.name.is_some());
    let part = if named { RulePart::Name } else { RulePart::Whole };
    Diagnostic::new(
        codes::SAME_RULE_NAME,
        Place::Part(Part::Rule(rule, part)),
        format!("two policies of `{}` would be named `{name}`", table.item),
    )
    .note("a rule without a name is named after its command and the first role of `to`; more than 63 bytes are cut")
    .help("name the second rule: `name = \"..\"`")
}
