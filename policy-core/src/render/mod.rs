//! A checked set to SQL: statements that can be applied in order, twice, by a role that owns the tables.
//!
//! In: a `Checked` set. Out: a `Script`. Cannot fail, does no IO, and is the only place that writes SQL names and
//! constants. Must not know files, migrations or what was there before.

mod context;
mod defaults;
pub mod expr;
mod function;
mod grant;
mod keywords;
mod layout;
mod log;
mod owner;
mod password;
mod query;
pub mod quote;
mod role;
mod schema;
mod script;
mod seen;
mod table;
mod trigger;
mod view;

pub use password::password;
pub(crate) use quote::comment;
pub(crate) use script::sections;
pub use script::{FunctionPart, Key, Part, RolePart, SchemaPart, Script, Statement, ViewPart};

use crate::check::Checked;
use crate::model::{PolicySet, Table};
use crate::plan::Index;

/// All statements of a set. Order: roles, memberships, schemas, default privileges, functions, views, tables, each in the order of `items`.
///
/// Roles that no rule and no grant names are not touched: what they were given by hand stays, and `drift` finds it.
#[must_use]
pub fn render(checked: &Checked) -> Script {
    let set = checked.set();
    let index = Index::new(set);
    let roles = set.roles().flat_map(role::statements);
    let statements = roles
        .chain(set.roles().flat_map(role::memberships))
        .chain(owner::acting_statements(set))
        .chain(set.schemas().flat_map(schema::statements))
        .chain(set.roles().flat_map(role::default_privileges))
        .chain(set.schemas().flat_map(|schema| schema::default_privileges(schema, set)))
        .chain(function::statements(set))
        .chain(log::functions(set, &index))
        .chain(view::statements(set, &index))
        .chain(tables(set, &index));
    Script { title: title(set), statements: statements.collect() }
}

/// Tables worth a thread of their own: an unoptimised build script renders one in a tenth of a millisecond.
const A_THREADS_WORTH: usize = 100;

/// The statements of every table, in the order of `items` however many threads there are.
fn tables(set: &PolicySet, index: &Index<'_>) -> Vec<Statement> {
    let all: Vec<&Table> = set.tables().collect();
    let of = |some: &[&Table]| some.iter().flat_map(|table| table::statements(table, index)).collect::<Vec<_>>();
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(all.len() / A_THREADS_WORTH);
    if threads < 2 {
        return of(&all);
    }
    let parts: Vec<&[&Table]> = all.chunks(all.len().div_ceil(threads)).collect();
    let of = &of;
    std::thread::scope(|scope| {
        let started: Vec<_> = parts.iter().map(|part| (part, scope.spawn(move || of(part)))).collect();
        // A thread that ended badly is done over here: nothing is left out.
        started.into_iter().flat_map(|(part, thread)| thread.join().unwrap_or_else(|_| of(part))).collect()
    })
}

fn title(set: &PolicySet) -> String {
    let versions = set.versions;
    format!("Policy set {} for {} {} to {}.", set.name, product(set), versions.oldest, versions.newest)
}

fn product(set: &PolicySet) -> &'static str {
    match set.target {
        crate::model::Target::Postgres => "PostgreSQL",
        crate::model::Target::Citus => "Citus on PostgreSQL",
    }
}
