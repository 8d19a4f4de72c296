//! What a database holds, as far as access is concerned: roles, relations with their flags, policies and grants, functions.
//!
//! In: a linked set and its plan; or whatever a test, a mutation or a catalog says. Out: plain data that can be compared and
//! changed. Must not know what follows from it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Allow, Column, Context, Function, Grantee, Ident, ObjectKind, PolicySet, Privilege, Query, Relation, Role, Schema, Table, Tenancy,
    UserType, Versions,
};
use crate::plan::privileges::{self, Privileges};
use crate::plan::{Index, PlannedPolicy, plan_in};

/// Everything that decides who gets at which rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What it is called in reports: the name of the set.
    pub name: String,
    /// Which majors it is for.
    pub versions: Versions,
    /// Every role, in the order of the set.
    pub roles: Vec<Role>,
    /// The roles that are superusers: no set declares one, a server has some.
    pub superusers: BTreeSet<String>,
    /// The role that owns what no other role owns.
    pub owner: Option<String>,
    /// Who may use and create in a schema, by schema. Of a schema that is not here nothing is known: it is taken as open.
    pub schemas: BTreeMap<Ident, SchemaState>,
    /// Every table and view.
    pub relations: BTreeMap<Relation, RelationState>,
    /// Every function.
    pub functions: Vec<FunctionState>,
    /// What predicates read of the caller.
    pub contexts: Vec<Context>,
    /// Declared types.
    pub types: Vec<UserType>,
}

/// Who may do what with a schema itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchemaState {
    /// USAGE.
    pub usage: BTreeSet<Grantee>,
    /// CREATE.
    pub create: BTreeSet<Grantee>,
}

/// A table or view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationState {
    /// The Rust item, for reports.
    pub item: String,
    /// What it is.
    pub kind: RelationKind,
    /// Its owner, if it is not that of the state.
    pub owner: Option<String>,
    /// The context that its predicates read: the Rust item.
    pub context: Option<String>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How its rows are meant to belong to tenants.
    pub tenancy: Tenancy,
    /// Declared ways around its tenant or its security, each with its reason.
    pub exceptions: Vec<String>,
    /// ENABLE ROW LEVEL SECURITY.
    pub enabled: bool,
    /// FORCE ROW LEVEL SECURITY.
    pub forced: bool,
    /// Its policies.
    pub policies: Vec<PlannedPolicy>,
    /// Who holds which privileges on it; `All` never stands alone.
    pub grants: BTreeMap<Grantee, Privileges>,
}

/// What a relation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RelationKind {
    /// A table.
    Table,
    /// A partitioned table, whose partitions nobody is granted.
    Partitioned,
    /// A view.
    View {
        /// What it shows; absent if that is not known: a view of others.
        query: Option<Query>,
        /// Whether it reads with the rights of whoever asks; else with its owner's.
        invoker: bool,
        /// Whether it is a security barrier.
        barrier: bool,
    },
    /// A table of others: which policies it has is not known.
    External,
}

/// A function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionState {
    /// The Rust item and method, for reports.
    pub item: String,
    /// Its schema and name.
    pub path: Relation,
    /// What is declared of it.
    pub function: Function,
    /// Who may execute it.
    pub executors: BTreeSet<Grantee>,
    /// Whether it is not ours: anybody may be able to execute it.
    pub external: bool,
}

impl State {
    /// What a linked set comes to.
    #[must_use]
    pub fn of(set: &PolicySet) -> State {
        let index = Index::new(set);
        let tables = set.tables().map(|table| (table.relation.clone(), of_table(table, &index)));
        let views = set.views().map(|view| {
            let query = view.query.clone();
            // A view of others reads with rights that nobody knows.
            let invoker = view.definer.is_none() && !view.external;
            let kind = RelationKind::View { query, invoker, barrier: view.definer.is_some() };
            let state = RelationState {
                item: view.item.clone(),
                kind,
                owner: view.definer.clone(),
                context: view.context.clone(),
                columns: view.columns.clone(),
                tenancy: Tenancy::None,
                exceptions: accepted(&view.allows),
                enabled: false,
                forced: false,
                policies: Vec::new(),
                grants: privileges::on_view(view, &index),
            };
            (view.relation.clone(), state)
        });
        State {
            name: set.name.clone(),
            versions: set.versions,
            roles: set.roles().cloned().collect(),
            superusers: BTreeSet::new(),
            owner: set.owner.clone(),
            schemas: schemas(set),
            relations: tables.chain(views).collect(),
            functions: functions(set),
            contexts: set.contexts().cloned().collect(),
            types: set.types.clone(),
        }
    }
}

fn of_table(table: &Table, index: &Index<'_>) -> RelationState {
    let ours = !table.is_external();
    let kind = match (ours, table.partitioned) {
        (false, _) => RelationKind::External,
        (true, true) => RelationKind::Partitioned,
        (true, false) => RelationKind::Table,
    };
    let on = ours && table.no_rls.is_none();
    RelationState {
        item: table.item.clone(),
        kind,
        owner: None,
        context: table.context.clone(),
        columns: table.columns.clone(),
        tenancy: table.tenancy.clone(),
        exceptions: exceptions(table),
        enabled: on,
        forced: on,
        policies: plan_in(table, index),
        grants: privileges::on_table(table, index),
    }
}

/// What a table declares around its tenant or its security.
fn exceptions(table: &Table) -> Vec<String> {
    let mut found: Vec<String> = table.no_rls.iter().map(|why| format!("row security is off: {why}")).collect();
    if let Tenancy::Own { shared, .. } = &table.tenancy
        && !shared.is_empty()
    {
        let commands: Vec<&str> = shared.iter().map(|command| command.word()).collect();
        found.push(format!("rows without a tenant are everybody's for {}", commands.join(", ")));
    }
    for rule in &table.rules {
        let Some(why) = &rule.across_tenants else { continue };
        let commands: Vec<&str> = rule.commands.iter().map(|on| on.command.word()).collect();
        let to: Vec<&str> = rule.to.iter().map(|to| if let Grantee::Role(name) = to { name } else { "PUBLIC" }).collect();
        found.push(format!("{} of {} reaches across tenants: {why}", commands.join(", "), to.join(", ")));
    }
    found.extend(accepted(&table.allows));
    found
}

fn accepted(allows: &[Allow]) -> Vec<String> {
    allows.iter().map(|allow| format!("{} is accepted: {}", allow.code, allow.reason)).collect()
}

fn schemas(set: &PolicySet) -> BTreeMap<Ident, SchemaState> {
    let mut found: BTreeMap<Ident, SchemaState> = BTreeMap::new();
    for schema in set.schemas().filter(|schema| !schema.external) {
        let state = found.entry(schema.name.clone()).or_insert_with(|| initial(set, schema));
        for grant in schema.grants.iter().filter(|grant| grant.on == ObjectKind::Schema) {
            for privilege in &grant.privileges {
                let (usage, create) =
                    (matches!(privilege, Privilege::Usage | Privilege::All), matches!(privilege, Privilege::Create | Privilege::All));
                state.usage.extend(grant.to.iter().filter(|_| usage).cloned());
                state.create.extend(grant.to.iter().filter(|_| create).cloned());
            }
        }
    }
    found
}

/// What everybody may do in a new database: use `public`, and create in it before PostgreSQL 15, unless that is revoked.
fn initial(set: &PolicySet, schema: &Schema) -> SchemaState {
    let revoked = |privilege: Privilege| {
        let mut revokes = schema.revokes.iter().filter(|revoke| revoke.on == ObjectKind::Schema && revoke.from.contains(&Grantee::Public));
        revokes.any(|revoke| revoke.privileges.contains(&privilege) || revoke.privileges.contains(&Privilege::All))
    };
    // Whoever owns the tables is taken to own their schemas.
    let owner = || set.owner.iter().cloned().map(Grantee::Role);
    let public = |given: bool| given.then_some(Grantee::Public).into_iter().chain(owner()).collect();
    let is_public = schema.name.as_str() == "public";
    SchemaState {
        usage: public(is_public && !revoked(Privilege::Usage)),
        create: public(is_public && set.versions.oldest < 15 && !revoked(Privilege::Create)),
    }
}

fn functions(set: &PolicySet) -> Vec<FunctionState> {
    let mut found = Vec::new();
    for of in set.functions() {
        found.extend(of.functions.iter().map(|function| FunctionState {
            item: format!("{}.{}", of.item, function.method),
            path: of.path(function),
            function: function.clone(),
            executors: privileges::executors(of, function, set).into_iter().cloned().collect(),
            external: of.external,
        }));
    }
    found
}
