//! From Rust names to database names, in place.
//!
//! In: a set as declared. Out: the same set linked, and a fault for every name that leads nowhere.

mod functions;
mod log;
mod roles;
mod view;

use std::collections::BTreeMap;

use super::compare::comparable;
use super::routines::Routines;
use crate::diag::{At, Diagnostic, Part, Place, RulePart, Sink, codes, listed, nearest};
use crate::model::{Column, Context, Expr, Ident, Item, Kind, PolicySet, Query, Relation, Routine, Source, SqlType, Table, Tenancy};
use roles::{grantees, link_role};

pub use log::of_one_row;

/// What the other items are called in the database.
struct Names {
    roles: BTreeMap<String, String>,
    tables: BTreeMap<String, TableNames>,
    by_relation: BTreeMap<Relation, String>,
    contexts: BTreeMap<String, Context>,
    routines: Routines,
}

/// Of a table or a view: both stand in FROM.
struct TableNames {
    relation: Relation,
    columns: Vec<ColumnNames>,
    is_view: bool,
}

/// Field, column, type.
type ColumnNames = (String, Ident, SqlType);

impl TableNames {
    fn column(&self, name: &str) -> Option<&ColumnNames> {
        self.columns.iter().find(|(_, column, _)| column.as_str() == name)
    }
}

pub(super) fn link(set: &mut PolicySet, sink: &mut Sink) {
    let names = Names::of(set);
    if let Some(owner) = &set.owner {
        match names.roles.get(owner) {
            Some(name) => set.owner = Some(name.clone()),
            None => sink.push(
                Diagnostic::new(codes::NOT_IN_SET, Place::Part(Part::Owner), format!("the owner `{owner}` is not a role of the set"))
                    .help("list it in `items`")
                    .of(&set.name),
            ),
        }
    }
    for item in &mut set.items {
        let mut found = Sink::new();
        match item {
            Item::Table(table) => {
                Linker { names: &names, sink: &mut found, context: None, own: names.tables.get(&table.item) }.table(table)
            }
            Item::Role(role) => link_role(role, &names, &mut found),
            Item::Schema(schema) => {
                for (i, grant) in schema.grants.iter_mut().enumerate() {
                    grantees(&mut grant.to, &names, |_| Part::Grant(i), &mut found);
                }
                for revoke in &mut schema.revokes {
                    grantees(&mut revoke.from, &names, |_| Part::Name, &mut found);
                }
                for (i, default) in schema.defaults.iter_mut().enumerate() {
                    grantees(&mut default.grantees, &names, |_| Part::Default(i), &mut found);
                }
            }
            Item::View(view) => Linker { names: &names, sink: &mut found, context: None, own: None }.view(view),
            Item::Functions(of) => functions::link(of, &names, &mut found),
            Item::Context(context) => functions::link_context(context, &names, &mut found),
        }
        let of = item.name().to_owned();
        sink.extend(found.finish().into_iter().map(|one| one.of(of.clone())));
    }
}

impl Names {
    fn of(set: &PolicySet) -> Names {
        let of = |relation: &Relation, columns: &[Column], is_view| TableNames {
            relation: relation.clone(),
            columns: columns.iter().map(|c| (c.field.clone(), c.name.clone(), c.kind.clone())).collect(),
            is_view,
        };
        let tables = set.tables().map(|table| (table.item.clone(), of(&table.relation, &table.columns, false)));
        let views = set.views().map(|view| (view.item.clone(), of(&view.relation, &view.columns, true)));
        let relations = set.tables().map(|table| (table.relation.clone(), table.item.clone()));
        Names {
            roles: set.roles().map(|role| (role.item.clone(), role.name.as_str().to_owned())).collect(),
            tables: tables.chain(views).collect(),
            by_relation: relations.chain(set.views().map(|view| (view.relation.clone(), view.item.clone()))).collect(),
            contexts: set.contexts().map(|context| (context.item.clone(), context.clone())).collect(),
            routines: Routines::of(set),
        }
    }
}

/// Links one table; `context` and `own` are what its predicates may name.
struct Linker<'a> {
    names: &'a Names,
    sink: &'a mut Sink,
    context: Option<&'a Context>,
    own: Option<&'a TableNames>,
}

/// The relations that an expression may name, innermost last: alias, and what it stands for if that is declared.
type Scope = Vec<(String, Option<Declared>)>;

struct Declared {
    item: String,
    /// Whether columns are named by Rust fields, as after `FROM Item`, or by database names.
    fields: bool,
}

impl Linker<'_> {
    fn table(&mut self, table: &mut Table) {
        if !self.enter_context(table.context.as_deref()) {
            return;
        }
        for i in 0..table.columns.len() {
            if let Some(Column { name, default: Some(default), .. }) = table.columns.get(i) {
                self.default(i, name.as_str(), default);
            }
        }
        match &mut table.tenancy {
            Tenancy::Own { predicate, .. } => self.expr(predicate, Part::Tenant, &mut Vec::new()),
            Tenancy::Through { parent, key, column } => self.parent(parent, key, column),
            Tenancy::None | Tenancy::External => {}
        }
        for (i, rule) in table.rules.iter_mut().enumerate() {
            grantees(&mut rule.to, self.names, |k| Part::Rule(i, RulePart::To(k)), self.sink);
            for (k, on) in rule.commands.iter().enumerate() {
                self.own_columns(on.columns.iter().flatten(), Part::Rule(i, RulePart::Command(k)));
            }
            if let Some(using) = &mut rule.using {
                self.expr(using, Part::Rule(i, RulePart::Using), &mut Vec::new());
            }
            if let Some(check) = &mut rule.with_check {
                self.expr(check, Part::Rule(i, RulePart::WithCheck), &mut Vec::new());
            }
        }
        for (i, grant) in table.grants.iter_mut().enumerate() {
            grantees(&mut grant.to, self.names, |_| Part::Grant(i), self.sink);
            self.own_columns(grant.privileges.iter().flat_map(|(_, columns)| columns.iter().flatten()), Part::Grant(i));
        }
        for (i, never) in table.nevers.iter_mut().enumerate() {
            grantees(&mut never.to, self.names, |_| Part::Never(i), self.sink);
            if let Some(using) = &mut never.using {
                self.expr(using, Part::NeverUsing(i), &mut Vec::new());
            }
        }
        for (i, trigger) in table.triggers.iter_mut().enumerate() {
            self.trigger(i, trigger);
        }
        if let Some(log) = &mut table.log {
            self.log(log);
        }
    }

    /// Whether the context that an item names is there.
    fn enter_context(&mut self, context: Option<&str>) -> bool {
        let Some(context) = context else { return true };
        self.context = self.names.contexts.get(context);
        if self.context.is_none() {
            self.sink.push(
                Diagnostic::new(codes::NOT_IN_SET, Place::Part(Part::Context), format!("the context `{context}` is not in the set"))
                    .help("list it in the `items` of the `policy_set!`"),
            );
        }
        self.context.is_some()
    }

    /// `default(ctx.field)` is there and fits the column.
    fn default(&mut self, index: usize, column: &str, default: &Expr) {
        let part = Part::ColumnDefault(index);
        if let Kind::Ctx(field) = &default.kind {
            self.ctx(field, part, At::default());
        }
        if let Kind::Ctx(field) = &default.kind
            && let Some(found) = self.context.and_then(|context| context.field(field))
            && found.kind.array
        {
            let message = format!("`ctx.{field}` is a list, and a default is one value");
            self.sink.push(Diagnostic::new(codes::CONTEXT_TYPE, Place::Part(part), message).help("take a field that says who asks"));
            return;
        }
        self.assigned(column, default, part);
    }

    /// What goes into a column compares with it.
    fn assigned(&mut self, column: &str, value: &Expr, part: Part) {
        let own = self.own.and_then(|own| own.column(column)).map(|(_, _, kind)| kind);
        if let (Some(own), Some(kind)) = (own, self.type_of(value, &Vec::new()))
            && !comparable(own, kind)
        {
            let message = format!("`{column}` is `{own}`, {} is `{kind}`", said(value));
            self.sink.push(Diagnostic::new(codes::TYPE_MISMATCH, Place::Part(part), message));
        }
    }

    fn parent(&mut self, parent: &str, key: &mut String, column: &Ident) {
        let place = Place::Part(Part::Tenant);
        let Some(found) = self.names.tables.get(parent).filter(|found| !found.is_view) else {
            self.sink.push(
                Diagnostic::new(codes::NOT_IN_SET, place, format!("the parent `{parent}` is not a table of the set"))
                    .help("list it in the `items` of the `policy_set!`"),
            );
            return;
        };
        let Some((_, name, kind)) = found.columns.iter().find(|(field, ..)| field == key) else {
            self.sink.push(no_column(key, parent, found, place));
            return;
        };
        match self.own.and_then(|own| own.column(column.as_str())) {
            Some((_, _, own)) if !comparable(own, kind) => {
                let message = format!("`{column}` is `{own}`, `{parent}.{key}` is `{kind}`");
                self.sink.push(Diagnostic::new(codes::TYPE_MISMATCH, place, message));
            }
            Some(_) => {}
            None => self.sink.push(no_own_column(column.as_str(), place)),
        }
        *key = name.as_str().to_owned();
    }

    fn expr(&mut self, expr: &mut Expr, part: Part, scope: &mut Scope) {
        let at = expr.at;
        let added = match &mut expr.kind {
            Kind::InQuery(_, query, _)
            | Kind::AnyQuery(_, _, query, _)
            | Kind::ArrayQuery(query)
            | Kind::Exists(query, _)
            | Kind::Scalar(query) => self.sources(query, part, scope),
            Kind::Column(alias, column) => {
                self.column(alias, column, part, at, scope);
                0
            }
            Kind::Ctx(field) => {
                self.ctx(field, part, at);
                0
            }
            Kind::Own(column) => {
                if self.own.is_some_and(|own| own.column(column).is_none()) {
                    self.sink.push(no_own_column(column, Place::Predicate(part, at.into())));
                }
                0
            }
            _ => 0,
        };
        // The left side of IN and ANY stands outside the query, but may not use its aliases: the front end saw to that.
        crate::model::for_each_child_mut(expr, &mut |child| self.expr(child, part, scope));
        self.routine(expr, part, scope);
        scope.truncate(scope.len().saturating_sub(added));
    }

    fn sources(&mut self, query: &mut Query, part: Part, scope: &mut Scope) -> usize {
        let mut added = 0;
        for from in &mut query.from {
            let joined = from.joins.iter_mut().map(|j| (&mut j.source, &j.alias, j.at));
            for (source, alias, at) in std::iter::once((&mut from.source, &from.alias, from.at)).chain(joined) {
                let item = self.source(source, part, at);
                scope.push((alias.clone(), item));
                added += 1;
            }
        }
        added
    }

    fn source(&mut self, source: &mut Source, part: Part, at: At) -> Option<Declared> {
        let place = Place::Predicate(part, at.into());
        match source {
            Source::Item(item) => match self.names.tables.get(item) {
                Some(found) => {
                    let declared = Declared { item: item.clone(), fields: true };
                    *source = Source::Relation(found.relation.clone());
                    return Some(declared);
                }
                None => self.sink.push(
                    Diagnostic::new(codes::NOT_IN_SET, place, format!("`{item}` is not a table of the set"))
                        .maybe_help(nearest(item, self.names.tables.keys().map(String::as_str)).map(|n| format!("did you mean `{n}`?")))
                        .help(format!("list `{item}` in the `items` of the `policy_set!`; a table of others is declared with `external`")),
                ),
            },
            Source::Relation(relation) => match self.names.by_relation.get(relation) {
                Some(item) => return Some(Declared { item: item.clone(), fields: false }),
                None => {
                    let known: Vec<String> = self.names.by_relation.keys().map(Relation::to_string).collect();
                    self.sink.push(
                        Diagnostic::new(codes::NOT_A_TABLE, place, format!("no item of the set declares the table `{relation}`"))
                            .maybe_help(
                                nearest(&relation.to_string(), known.iter().map(String::as_str)).map(|n| format!("did you mean `{n}`?")),
                            )
                            .help("declare it with `#[derive(Policy)]`; a table of others with `external`"),
                    );
                }
            },
        }
        None
    }

    fn column(&mut self, alias: &str, column: &mut String, part: Part, at: At, scope: &Scope) {
        let place = Place::Predicate(part, at.into());
        let Some((_, declared)) = scope.iter().rev().find(|(name, _)| name == alias) else {
            let known = || scope.iter().map(|(name, _)| name.as_str());
            let fault = Diagnostic::new(codes::UNKNOWN_ALIAS, place, format!("`{alias}` is no table of the subquery"));
            let near = nearest(alias, known()).map(|n| format!("did you mean `{n}`?"));
            self.sink.push(fault.maybe_help(near).help(format!("add it: `FROM <Item> {alias}`")));
            return;
        };
        let Some(Declared { item, fields }) = declared else { return };
        let Some(found) = self.names.tables.get(item) else { return };
        match found.columns.iter().find(|(field, name, _)| if *fields { field == column } else { name.as_str() == column }) {
            Some((_, name, _)) => *column = name.as_str().to_owned(),
            None => self.sink.push(no_column(column, item, found, place)),
        }
    }

    fn own_columns<'n>(&mut self, columns: impl Iterator<Item = &'n Ident>, part: Part) {
        let Some(own) = self.own else { return };
        for column in columns.filter(|column| own.column(column.as_str()).is_none()) {
            self.sink.push(no_own_column(column.as_str(), Place::Part(part)));
        }
    }

    fn ctx(&mut self, field: &str, part: Part, at: At) {
        let Some(context) = self.context else {
            let message = format!("`ctx.{field}` on a table without a context");
            let fault = Diagnostic::new(codes::NO_CONTEXT, Place::Predicate(part, at.into()), message);
            self.sink.push(fault.help("name it: `context = <Context>`"));
            return;
        };
        if context.field(field).is_none() {
            let known = || context.fields.iter().map(|f| f.name.as_str());
            self.sink.push(
                Diagnostic::new(
                    codes::NO_SUCH_SETTING,
                    Place::Predicate(part, at.into()),
                    format!("the context `{}` has no field `{field}`", context.item),
                )
                .maybe_help(nearest(field, known()).map(|n| format!("did you mean `ctx.{n}`?")))
                .help(format!("its fields are {}", listed(known()))),
            );
        }
    }

    /// The type of a column, context field or call; columns are linked by now.
    fn type_of(&self, expr: &Expr, scope: &Scope) -> Option<&SqlType> {
        match &expr.kind {
            Kind::Own(name) => self.own?.column(name).map(|c| &c.2),
            Kind::Column(alias, column) => {
                let declared = scope.iter().rev().find(|(name, _)| name == alias)?.1.as_ref()?;
                self.names.tables.get(&declared.item)?.column(column).map(|c| &c.2)
            }
            Kind::Ctx(field) => self.context?.field(field).map(|f| &f.kind),
            Kind::Routine(routine, args) => self.returned(routine, args, scope),
            _ => None,
        }
    }
}

fn said(expr: &Expr) -> String {
    match &expr.kind {
        Kind::Own(name) => format!("`{name}`"),
        Kind::Column(alias, name) => format!("`{alias}.{name}`"),
        Kind::Ctx(name) => format!("`ctx.{name}`"),
        Kind::Routine(Routine::Method(item, method), _) => format!("`{item}.{method}(..)`"),
        Kind::Routine(Routine::Named(name), _) => format!("`{name}(..)`"),
        _ => "the other side".to_owned(),
    }
}

/// The front end knows the columns of its own struct; this is for a set that was put together otherwise.
fn no_own_column(column: &str, place: Place) -> Diagnostic {
    Diagnostic::new(codes::UNKNOWN_COLUMN, place, format!("the table has no column `{column}`"))
        .help("add the field, or name it in `columns(..)`")
}

fn no_column(column: &str, item: &str, found: &TableNames, place: Place) -> Diagnostic {
    let known = || found.columns.iter().map(|(field, ..)| field.as_str());
    Diagnostic::new(codes::NO_SUCH_COLUMN, place, format!("`{item}` has no column `{column}`"))
        .maybe_help(nearest(column, known()).map(|n| format!("did you mean `{n}`?")))
        .help(format!("its columns are {}", listed(known())))
}
