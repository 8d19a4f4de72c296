//! Subqueries: plain SELECTs over declared relations, each with an alias.

use sqlparser::ast::{
    Distinct, GroupByExpr, JoinConstraint, JoinOperator, ObjectName, ObjectNamePart, Query as AstQuery, Select, SelectItem, SetExpr,
    Spanned, TableAlias, TableFactor,
};

use super::tokens::at;
use super::{Converter, Form};
use crate::diag::{At, codes};
use crate::model::{From, Ident, Join, JoinKind, Query, Relation, Source};

impl Converter<'_> {
    /// What a query is, for the help.
    fn plainly(&self) -> &'static str {
        if self.of_view() {
            "a view is `SELECT .. FROM Item alias JOIN .. WHERE ..`"
        } else {
            "a subquery is `SELECT .. FROM Item alias JOIN .. WHERE ..`"
        }
    }

    /// One subquery; its relations are in scope for what it holds.
    pub(super) fn query(&mut self, query: &AstQuery) -> Option<Query> {
        let plain = query.with.is_none()
            && query.order_by.is_none()
            && query.limit_clause.is_none()
            && query.fetch.is_none()
            && query.locks.is_empty()
            && query.for_clause.is_none()
            && query.settings.is_none()
            && query.format_clause.is_none()
            && query.pipe_operators.is_empty();
        let SetExpr::Select(select) = query.body.as_ref() else {
            let here = at(query.body.span()).unwrap_or_default();
            self.refuse(here, "UNION, VALUES or a nested query", self.plainly());
            return None;
        };
        let here = at(select.select_token.0.span).unwrap_or_default();
        if !plain {
            self.refuse(here, &format!("WITH, ORDER BY, LIMIT or FOR in a {}", self.query_word()), self.plainly());
            return None;
        }
        if self.scope.of_trigger() {
            let fault = self
                .fault(codes::NOT_UNDERSTOOD, here, "a sub-select in the WHEN of a trigger")
                .note("PostgreSQL allows none there")
                .help("ask for it in the function");
            self.push(fault);
            return None;
        }
        self.frames.push(Vec::new());
        let converted = self.select(select, here);
        self.frames.pop();
        converted
    }

    fn select(&mut self, select: &Select, here: At) -> Option<Query> {
        let from: Vec<Option<From>> = select.from.iter().map(|one| self.from(one, here)).collect();
        let joins = self.joins(select, here);
        if !is_plain(select) {
            self.refuse(here, &format!("GROUP BY, HAVING, a window or another clause in a {}", self.query_word()), self.plainly());
            return None;
        }
        let distinct = match &select.distinct {
            None | Some(Distinct::All) => false,
            Some(Distinct::Distinct) => true,
            Some(Distinct::On(_)) => {
                self.refuse(
                    here,
                    "DISTINCT ON",
                    if self.of_view() { "plain DISTINCT" } else { "plain DISTINCT, or none: IN and EXISTS do not count" },
                );
                return None;
            }
        };
        let columns: Vec<_> = select.projection.iter().map(|item| self.projected(item, here)).collect();
        let filter = match &select.selection {
            Some(filter) => Some(self.expr(filter)?),
            None => None,
        };
        let mut from: Vec<From> = from.into_iter().collect::<Option<_>>()?;
        for (one, joins) in from.iter_mut().zip(joins?) {
            one.joins = joins;
        }
        Some(Query { distinct, columns: columns.into_iter().collect::<Option<_>>()?, from, filter })
    }

    fn projected(&mut self, item: &SelectItem, here: At) -> Option<crate::model::Expr> {
        match item {
            // For PostgreSQL these two are operators.
            SelectItem::ExprWithAlias { alias, .. } if alias.quote_style.is_none() && is_test(&alias.value) => {
                self.refuse(here, &format!("`{}`", alias.value), "write `IS NULL` or `IS NOT NULL`");
                None
            }
            SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => self.expr(expr),
            SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) => {
                let help =
                    if self.of_view() { "name the columns: `SELECT l.id, l.title`" } else { "name the column, or `SELECT 1` in an EXISTS" };
                let fault = self
                    .fault(codes::SELECT_STAR, here, format!("`SELECT *` in a {}", self.whole()))
                    .note("what it yields changes with the table")
                    .help(help);
                self.push(fault);
                None
            }
            SelectItem::ExprWithAliases { .. } => {
                self.refuse(here, "several names for one value", self.plainly());
                None
            }
        }
    }

    /// The relations first: the conditions of joins may name any of them.
    fn from(&mut self, one: &sqlparser::ast::TableWithJoins, here: At) -> Option<From> {
        let (source, alias, at) = self.relation(&one.relation, here)?;
        for join in &one.joins {
            // Their aliases come into scope here; the joins themselves are converted in `joins`.
            self.relation(&join.relation, here)?;
        }
        Some(From { source, alias, joins: Vec::new(), at })
    }

    fn joins(&mut self, select: &Select, here: At) -> Option<Vec<Vec<Join>>> {
        let mut all = Vec::new();
        for one in &select.from {
            let joins: Vec<Option<Join>> = one.joins.iter().map(|join| self.join(join, here)).collect();
            all.push(joins.into_iter().collect::<Option<Vec<Join>>>());
        }
        all.into_iter().collect()
    }

    fn join(&mut self, join: &sqlparser::ast::Join, here: At) -> Option<Join> {
        let (kind, constraint) = match &join.join_operator {
            JoinOperator::Join(on) | JoinOperator::Inner(on) => (JoinKind::Inner, on),
            JoinOperator::Left(on) | JoinOperator::LeftOuter(on) => (JoinKind::Left, on),
            JoinOperator::Right(on) | JoinOperator::RightOuter(on) => (JoinKind::Right, on),
            JoinOperator::FullOuter(on) => (JoinKind::Full, on),
            JoinOperator::CrossJoin(on) => (JoinKind::Cross, on),
            _ => {
                self.refuse(here, "this kind of join", "JOIN, LEFT JOIN, RIGHT JOIN, FULL JOIN or CROSS JOIN");
                return None;
            }
        };
        let on = match (constraint, kind) {
            (JoinConstraint::On(on), _) => Some(self.expr(on)?),
            (JoinConstraint::None, JoinKind::Cross) => None,
            _ => {
                self.refuse(here, "a join without ON", "write the columns out: `JOIN Item i ON i.a = m.a`");
                return None;
            }
        };
        let (source, alias, at) = self.named(&join.relation, here)?;
        Some(Join { kind, source, alias, on, at })
    }

    /// A relation of FROM: brings its alias into scope.
    fn relation(&mut self, factor: &TableFactor, here: At) -> Option<(Source, String, At)> {
        let Some((source, alias, at)) = self.named(factor, here) else {
            if let TableFactor::Table { alias: Some(alias), .. } = factor {
                // Its columns are not to blame.
                let alias = self.name(&alias.name);
                self.frames.last_mut().into_iter().for_each(|frame| frame.push(alias.clone()));
            }
            return None;
        };
        let taken = self.frames.iter().flatten().any(|known| *known == alias);
        if taken || matches!(alias.as_str(), "self" | "ctx") {
            let fault = self
                .fault(codes::ALIAS_TWICE, at, format!("the name `{alias}` is taken"))
                .note("a second table of one name would hide the first")
                .help("give each table an alias of its own");
            self.push(fault);
            return None;
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.push(alias.clone());
        }
        Some((source, alias, at))
    }

    fn named(&mut self, factor: &TableFactor, here: At) -> Option<(Source, String, At)> {
        let TableFactor::Table {
            name,
            alias,
            args: None,
            with_ordinality: false,
            sample: None,
            version: None,
            json_path: None,
            partitions,
            with_hints,
            index_hints,
        } = factor
        else {
            self.refuse(here, "anything but a table in FROM", "name a declared item: `FROM Member m`");
            return None;
        };
        if !partitions.is_empty() || !with_hints.is_empty() || !index_hints.is_empty() {
            self.refuse(here, "a hint in FROM", self.plainly());
            return None;
        }
        let at = at(name.span()).unwrap_or(here);
        let (source, default) = self.source(name, at)?;
        let alias = match alias {
            None => default,
            Some(TableAlias { name, columns, .. }) if columns.is_empty() => self.name(name),
            Some(_) => {
                self.refuse(at, "column names in an alias", self.plainly());
                return None;
            }
        };
        Some((source, alias, at))
    }

    /// The relation, and its name where it has no alias.
    fn source(&mut self, name: &ObjectName, at: At) -> Option<(Source, String)> {
        let parts: Option<Vec<String>> =
            name.0.iter().map(|part| if let ObjectNamePart::Identifier(ident) = part { Some(self.name(ident)) } else { None }).collect();
        let idents: Option<Vec<Ident>> = parts?.into_iter().map(|part| Ident::new(part).ok()).collect();
        match (self.scope.form, idents?.as_slice()) {
            (Form::Tokens, [item]) => Some((Source::Item(item.as_str().to_owned()), item.as_str().to_owned())),
            (Form::Sql, [name]) => Some((Source::Relation(Relation { schema: public(), name: name.clone() }), name.as_str().to_owned())),
            (Form::Sql, [schema, name]) => {
                Some((Source::Relation(Relation { schema: schema.clone(), name: name.clone() }), name.as_str().to_owned()))
            }
            _ => {
                self.refuse(at, "a path in FROM", "bring the item into scope with `use` and name it: `FROM Member m`");
                None
            }
        }
    }
}

fn is_test(word: &str) -> bool {
    ["ISNULL", "NOTNULL"].iter().any(|test| word.eq_ignore_ascii_case(test))
}

fn public() -> Ident {
    Ident::cut("public")
}

fn is_plain(select: &Select) -> bool {
    let grouped = match &select.group_by {
        GroupByExpr::Expressions(by, modifiers) => !by.is_empty() || !modifiers.is_empty(),
        GroupByExpr::All(_) => true,
    };
    !grouped
        && select.optimizer_hints.is_empty()
        && select.select_modifiers.is_none()
        && select.top.is_none()
        && select.exclude.is_none()
        && select.into.is_none()
        && select.lateral_views.is_empty()
        && select.prewhere.is_none()
        && select.connect_by.is_empty()
        && select.cluster_by.is_empty()
        && select.distribute_by.is_empty()
        && select.sort_by.is_empty()
        && select.having.is_none()
        && select.named_window.is_empty()
        && select.qualify.is_none()
        && select.value_table_mode.is_none()
}
