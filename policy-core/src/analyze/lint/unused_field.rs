//! H0970: a context field that nothing of the set asks.

use std::collections::BTreeSet;

use super::facts::Facts;
use super::shape::all;
use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::{Context, ContextSource, Expr, Kind};

pub(super) fn check(facts: &Facts<'_>, sink: &mut Sink) {
    for context in facts.set.contexts() {
        // Functions of the user's own text may read the setting; a log keeps the whole context.
        let whole = facts
            .set
            .tables()
            .any(|table| of(context, table.context.as_deref()) && table.log.as_ref().is_some_and(|log| log.context.is_some()));
        if whole {
            continue;
        }
        let read = read(facts, context);
        for (i, field) in context.fields.iter().enumerate() {
            let ContextSource::Setting(setting) = &field.source else { continue };
            let in_body = facts
                .set
                .functions()
                .flat_map(|of| &of.functions)
                .any(|f| super::body::text(f).is_some_and(|text| text.contains(setting.as_str())));
            if in_body || read.contains(field.name.as_str()) {
                continue;
            }
            sink.push(
                Diagnostic::new(codes::UNUSED_FIELD, Place::Part(Part::Column(i)), format!("no policy asks `ctx.{}`", field.name))
                    .note("every request sets it, and it decides nothing: a condition may be missing")
                    .help("leave the field out, or ask for it in a rule")
                    .of(&context.item),
            );
        }
    }
}

fn of(context: &Context, item: Option<&str>) -> bool {
    item == Some(context.item.as_str())
}

/// The fields that predicates, defaults, logs and views name.
fn read<'a>(facts: &Facts<'a>, context: &Context) -> BTreeSet<&'a str> {
    let mut exprs: Vec<&'a Expr> =
        facts.predicates.iter().filter(|said| of(context, said.table.context.as_deref())).map(|said| said.expr).collect();
    for table in facts.set.tables().filter(|table| of(context, table.context.as_deref())) {
        exprs.extend(table.columns.iter().filter_map(|column| column.default.as_ref()));
        exprs.extend(table.triggers.iter().filter_map(|trigger| trigger.when.as_ref()));
        exprs.extend(table.log.iter().flat_map(|log| &log.by).map(|(_, value)| value));
    }
    for query in facts.set.views().filter(|view| of(context, view.context.as_deref())).filter_map(|view| view.query.as_ref()) {
        exprs.extend(query.parts());
    }
    let field = |expr: &'a Expr| if let Kind::Ctx(field) = &expr.kind { Some(field.as_str()) } else { None };
    exprs.into_iter().flat_map(all).filter_map(field).collect()
}
