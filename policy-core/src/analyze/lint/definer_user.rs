//! H0960: `current_user` in a rule for the definer of functions.

use super::facts::{Facts, functions};
use super::shape::all;
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Grantee, Kind};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for said in &facts.predicates {
        let to = said.rule.map(|(_, rule)| rule.to.as_slice()).unwrap_or_default();
        let lends = |name: &str| functions(facts.set).any(|(_, _, function)| function.definer.as_deref() == Some(name));
        let Some(definer) = to.iter().find(|to| matches!(to, Grantee::Role(name) if lends(name))) else { continue };
        for one in all(said.expr).into_iter().filter(|one| matches!(&one.kind, Kind::Keyword(name) if name == "current_user")) {
            let message = format!("`current_user` is `{}` in its functions, whoever calls them", facts.said(definer));
            sink.push(
                Diagnostic::new(codes::DEFINER_USER, said.at(one), message)
                    .note("a function with a definer runs as the definer: the rule compares with that role, not with the caller")
                    .help("compare with a context field, which the caller keeps")
                    .of(&said.table.item),
            );
        }
    }
}
