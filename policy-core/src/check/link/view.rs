//! Views: what their queries name.

use super::{Linker, grantees};
use crate::diag::Part;
use crate::model::{Grantee, Query, View, for_each_in_query_mut};

impl Linker<'_> {
    pub(super) fn view(&mut self, view: &mut View) {
        if !self.enter_context(view.context.as_deref()) {
            return;
        }
        if let Some(query) = &mut view.query {
            self.query(query);
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

    fn query(&mut self, query: &mut Query) {
        let mut scope = Vec::new();
        self.sources(query, Part::Query, &mut scope);
        for_each_in_query_mut(query, &mut |expr| self.expr(expr, Part::Query, &mut scope));
    }
}
