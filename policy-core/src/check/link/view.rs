//! Views: what their queries name, and whether each column is of its field's type.

use super::{Linker, comparable, grantees, said};
use crate::diag::{Diagnostic, Part, Place, codes};
use crate::model::{Column, Grantee, Query, View, for_each_in_query_mut};

impl Linker<'_> {
    pub(super) fn view(&mut self, view: &mut View) {
        if !self.enter_context(view.context.as_deref()) {
            return;
        }
        if let Some(query) = &mut view.query {
            self.query(query, &view.columns);
        }
        if let Some(definer) = &mut view.definer {
            let mut to = [Grantee::Role(definer.clone())];
            grantees(&mut to, self.names, |_| Part::Definer, self.sink);
            if let [Grantee::Role(name)] = to {
                *definer = name;
            }
        }
        for (i, grant) in view.grants.iter_mut().enumerate() {
            grantees(&mut grant.to, self.names, |_| Part::Grant(i), self.sink);
        }
    }

    fn query(&mut self, query: &mut Query, columns: &[Column]) {
        let mut scope = Vec::new();
        self.sources(query, Part::Query, &mut scope);
        for_each_in_query_mut(query, &mut |expr| self.expr(expr, Part::Query, &mut scope));
        for (output, column) in query.columns.iter().zip(columns) {
            let Some(found) = self.type_of(output, &scope).filter(|found| !comparable(&column.kind, found)) else { continue };
            let message = format!("the field `{}` is `{}`, {} is `{found}`", column.field, column.kind, said(output));
            self.sink.push(
                Diagnostic::new(codes::TYPE_MISMATCH, Place::Predicate(Part::Query, output.at.into()), message)
                    .help("give the field the Rust type of the column, or cast the column in the query"),
            );
        }
    }
}
