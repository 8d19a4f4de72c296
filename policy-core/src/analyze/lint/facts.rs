//! What the lints ask of a set, found once.
//!
//! In: a linked set. Out: look-ups, and every predicate with its place. Must not know what is wrong with any of it.

use std::collections::BTreeMap;

use crate::analyze::State;
use crate::check::access::{Access, reaches, who};
use crate::check::roles::{Roles, Who};
use crate::diag::{Part, Place, RulePart};
use crate::model::{
    Command, Context, DefaultPrivilege, Expr, Field, Function, Functions, Grantee, PolicySet, Relation, Routine, Rule, RuleKind, Table,
    Tenancy,
};

/// A checked set and what follows from it.
pub(super) struct Facts<'a> {
    pub(super) set: &'a PolicySet,
    pub(super) state: State,
    pub(super) roles: Roles<'a>,
    pub(super) access: Access<'a>,
    pub(super) tables: BTreeMap<&'a Relation, &'a Table>,
    /// Every predicate of our own tables: tenants, then rules in their order.
    pub(super) predicates: Vec<Said<'a>>,
}

/// A predicate and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) table: &'a Table,
    pub(super) part: Part,
    /// The rule and its index; absent for a tenant.
    pub(super) rule: Option<(usize, &'a Rule)>,
    pub(super) expr: &'a Expr,
}

impl Said<'_> {
    /// Whether it decides which rows are found: new rows are few, and each is looked at by itself.
    pub(super) fn searches(&self) -> bool {
        match (self.rule, self.part) {
            (None, _) => true,
            (Some((_, rule)), Part::Rule(_, RulePart::Using)) => rule.commands.iter().any(|on| on.command != Command::Insert),
            _ => false,
        }
    }

    /// The place of an expression in it.
    pub(super) fn at(&self, expr: &Expr) -> Place {
        Place::Predicate(self.part, expr.at.into())
    }
}

impl<'a> Facts<'a> {
    pub(super) fn of(set: &'a PolicySet) -> Facts<'a> {
        let roles = Roles::of(set);
        Facts {
            set,
            state: State::of(set),
            access: Access::of(set, &roles),
            tables: set.tables().map(|table| (&table.relation, table)).collect(),
            predicates: set.tables().filter(|table| !table.is_external()).flat_map(predicates).collect(),
            roles,
        }
    }

    /// Our tables under row security.
    pub(super) fn governed(&self) -> impl Iterator<Item = &'a Table> {
        self.set.tables().filter(|table| !table.is_external() && table.no_rls.is_none())
    }

    /// Their rules.
    pub(super) fn rules(&self) -> impl Iterator<Item = (&'a Table, usize, &'a Rule)> {
        self.governed().flat_map(|table| table.rules.iter().enumerate().map(move |(i, rule)| (table, i, rule)))
    }

    /// Their permits.
    pub(super) fn permits(&self) -> impl Iterator<Item = (&'a Table, usize, &'a Rule)> {
        self.rules().filter(|(_, _, rule)| rule.kind == RuleKind::Permit)
    }

    /// `PUBLIC`, or the item of a role.
    pub(super) fn said<'n>(&self, grantee: &'n Grantee) -> &'n str
    where
        'a: 'n,
    {
        match grantee {
            Grantee::Public => "PUBLIC",
            Grantee::Role(name) => self.roles.item(name),
        }
    }

    /// Whether a request can act with what is given to a grantee.
    pub(super) fn serves(&self, grantee: &Grantee) -> bool {
        match grantee {
            Grantee::Public => true,
            Grantee::Role(name) => self.roles.serves_requests(name),
        }
    }

    /// Whether what is given to one is had by all of the other.
    pub(super) fn has(&self, one: &Grantee, given: &Grantee) -> bool {
        reaches_static(&self.roles, one, given)
    }

    /// Whether some role of the set has what is given to both.
    pub(super) fn meet(&self, a: &Grantee, b: &Grantee) -> bool {
        let both = |one: Who<'_>| [a, b].iter().all(|given| has_given(&self.roles, one, given));
        both(Who::Public) || self.roles.all().any(|role| both(Who::Role(role.name.as_str())))
    }

    /// A context field that a predicate of a table names.
    pub(super) fn field(&self, table: &Table, field: &str) -> Option<&'a Field> {
        self.context(table.context.as_deref()?)?.field(field)
    }

    fn context(&self, item: &str) -> Option<&'a Context> {
        self.set.contexts().find(|context| context.item == item)
    }

    /// A declared function where it is called; the first of its name.
    pub(super) fn routine(&self, routine: &Routine) -> Option<(&'a Functions, &'a Function)> {
        let Routine::Named(path) = routine else { return None };
        let of = self.set.functions().filter(|of| of.schema == path.schema);
        of.flat_map(|of| of.functions.iter().map(move |function| (of, function))).find(|(_, function)| function.name == path.name)
    }
}

fn reaches_static(roles: &Roles<'_>, one: &Grantee, given: &Grantee) -> bool {
    has_given(roles, who(one), given)
}

fn has_given(roles: &Roles<'_>, one: Who<'_>, given: &Grantee) -> bool {
    reaches(roles, one, who(given))
}

fn predicates(table: &Table) -> Vec<Said<'_>> {
    let mut found = Vec::new();
    if let Tenancy::Own { predicate, .. } = &table.tenancy {
        found.push(Said { table, part: Part::Tenant, rule: None, expr: predicate });
    }
    for (i, rule) in table.rules.iter().enumerate() {
        let said = |expr: &'_ Option<Expr>, part| expr.as_ref().map(|_| Part::Rule(i, part));
        if let (Some(part), Some(expr)) = (said(&rule.using, RulePart::Using), &rule.using) {
            found.push(Said { table, part, rule: Some((i, rule)), expr });
        }
        if let (Some(part), Some(expr)) = (said(&rule.with_check, RulePart::WithCheck), &rule.with_check) {
            found.push(Said { table, part, rule: Some((i, rule)), expr });
        }
    }
    found
}

/// The place of a part of a rule.
pub(super) fn in_rule(rule: usize, part: RulePart) -> Place {
    Place::Part(Part::Rule(rule, part))
}

/// The index of a command in a rule.
pub(super) fn command(rule: &Rule, command: Command) -> Option<usize> {
    rule.commands.iter().position(|on| on.command == command)
}

/// Whether a rule lets a column be written by a command.
pub(super) fn writes(rule: &Rule, command: Command, column: &str) -> bool {
    let on = rule.commands.iter().find(|on| on.command == command);
    on.is_some_and(|on| on.columns.as_ref().is_none_or(|columns| columns.iter().any(|name| name.as_str() == column)))
}

/// The check of new rows: `with_check`, else `using`.
pub(super) fn new_rows(rule: &Rule) -> Option<&Expr> {
    rule.with_check.as_ref().or(rule.using.as_ref())
}

/// Default privileges that give something: the item, the index, and what.
pub(super) fn defaults(set: &PolicySet) -> impl Iterator<Item = (&str, usize, &DefaultPrivilege)> {
    let of_schemas = set.schemas().map(|schema| (schema.item.as_str(), &schema.defaults));
    let of_roles = set.roles().map(|role| (role.item.as_str(), &role.defaults));
    let all = of_schemas.chain(of_roles);
    all.flat_map(|(item, all)| all.iter().enumerate().map(move |(i, one)| (item, i, one))).filter(|(_, _, one)| !one.revoke)
}

/// Every function, with its trait and its index in it.
pub(super) fn functions(set: &PolicySet) -> impl Iterator<Item = (&Functions, usize, &Function)> {
    set.functions().flat_map(|of| of.functions.iter().enumerate().map(move |(i, function)| (of, i, function)))
}

/// A column of a table as the user wrote it: the field.
pub(super) fn field_of<'n>(table: &'n Table, column: &'n str) -> &'n str {
    table.column(column).map_or(column, |column| column.field.as_str())
}
