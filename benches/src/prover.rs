//! A table to ask about, and the questions that are hard. In: numbers. Out: texts of predicates, and what they name. Must not know how an
//! answer is found.

use std::collections::BTreeMap;

use policy_core::diag::Part;
use policy_core::expr::{self, Form, Scope};
use policy_core::model::{Column, Expr, Node, Notate, Routine, Source, SqlType};
use policy_core::prove::Facts;
use policy_core::typing::{Given, NEWEST, Names, Signature, World};

const COLUMNS: &str = "tenant_id uuid, owner_id uuid null, team_id uuid, status text, level integer, amount numeric, flag boolean null, \
                       created_at timestamptz, expires_at timestamptz";
const CONTEXT: &str = "tenant_id uuid null, user_id uuid null";

/// How long the longest chain is.
const CHAIN: usize = 32;

/// A table, every other table, and a context.
#[derive(Debug)]
pub struct Table {
    /// The types.
    pub world: World,
    columns: BTreeMap<String, Given>,
    context: BTreeMap<String, Given>,
    declared: Vec<Column>,
}

impl Table {
    /// The one table.
    #[must_use]
    pub fn new() -> Table {
        let world = World::new(NEWEST);
        let links: Vec<String> = (0..=CHAIN).flat_map(|i| ["x", "a", "b"].map(|name| format!("{name}{i} integer"))).collect();
        let columns = named(&world, &format!("{COLUMNS}, {}", links.join(", ")));
        let context = named(&world, CONTEXT);
        let declared = columns.keys().map(|name| column(name)).collect();
        Table { world, columns, context, declared }
    }

    /// What a text may name.
    #[must_use]
    pub fn scope(&self) -> Scope<'_> {
        Scope { columns: &self.declared, context: true, form: Form::Sql, part: Part::Item }
    }

    /// A predicate by its text.
    #[must_use]
    pub fn expr(&self, text: &str) -> Expr {
        let read = expr::parse(text, self.scope());
        assert!(read.faults.is_empty(), "{text}: {:?}", read.faults);
        read.expr.expect("a predicate")
    }

    /// Whichever of them is TRUE.
    #[must_use]
    pub fn any(&self, texts: &[String]) -> Expr {
        Expr::any(texts.iter().map(|text| self.expr(text)))
    }
}

impl Default for Table {
    fn default() -> Self {
        Table::new()
    }
}

fn named(world: &World, text: &str) -> BTreeMap<String, Given> {
    let one = |line: &str| {
        let (name, rest) = line.trim().split_once(' ').expect("a name and a type");
        let (kind, nullable) = rest.strip_suffix(" null").map_or((rest, false), |kind| (kind, true));
        let kind = SqlType::parse(kind).ok().and_then(|kind| world.find(&kind));
        assert!(kind.is_some(), "{line}");
        (name.to_owned(), Given { kind, nullable })
    };
    text.split(',').map(one).collect()
}

fn column(name: &str) -> Column {
    let text = format!("(column (field {name}) (name {name}) (kind text) (nullable yes))");
    Column::read(&Node::parse(&text).expect("a list")).expect("a column")
}

impl Names for Table {
    fn own(&self, column: &str) -> Option<Given> {
        self.columns.get(column).copied()
    }
    fn column(&self, _: &Source, column: &str) -> Option<Given> {
        self.columns.get(column).copied()
    }
    fn ctx(&self, field: &str) -> Option<Given> {
        self.context.get(field).copied()
    }
    fn routine(&self, _: &Routine) -> Option<Vec<Signature>> {
        None
    }
}

impl Facts for Table {}

/// A chain of equalities, each link by one of two ways; those from `closed` on have a way that does not close.
#[must_use]
pub fn diamonds(count: usize, closed: usize) -> String {
    let link = |i: usize| {
        let next = i + 1;
        let close = if i < closed { format!("b{i} = x{next}") } else { format!("b{i} = b{next}") };
        format!("(x{i} = a{i} AND a{i} = x{next} OR x{i} = b{i} AND {close})")
    };
    (0..count).map(link).collect::<Vec<_>>().join(" AND ")
}

/// Permissive policies of six conditions each, and the tenant in those that are told so.
#[must_use]
pub fn policies(count: usize, tenant: impl Fn(usize) -> bool) -> Vec<String> {
    let policy = |i: usize| {
        let tenant = if tenant(i) { "tenant_id = ctx.tenant_id AND " } else { "" };
        format!(
            "{tenant}status <> 's{i}' AND level >= {i} AND amount < {i} AND owner_id = ctx.user_id AND created_at > now() - interval '{i} \
             hours' AND (flag OR expires_at > created_at)"
        )
    };
    (0..count).map(policy).collect()
}
