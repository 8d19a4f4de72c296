//! What the cases of one extension are about. In: the checker's world and what the server calls its types. Out: a table with a column of
//! each type of the extension, of arrays of those and of a few others, as a policy set and as SQL; the types by either's numbers. Must not
//! know: cases.

use std::collections::BTreeMap;

use policy_core::model::{Expr, Kind, Literal, Node, Notate, PolicySet, Routine, Source, SqlType};
use policy_core::typing::extension::Extension;
use policy_core::typing::{Given, Names, Signature, TypeId, World};

use crate::Failure;
use crate::universe::own;

/// PostgreSQL's own types beside those of the extension.
const FURTHER: [&str; 11] =
    ["text", "integer", "double precision", "jsonb", "integer[]", "text[]", "real[]", "varchar", "bytea", "boolean", "numeric[]"];

/// A column: its name, its type, the type's number here.
struct Column {
    name: String,
    kind: SqlType,
    id: TypeId,
}

/// A column of each type.
pub(super) struct Operands {
    columns: Vec<Column>,
    /// For the renderer.
    pub(super) set: PolicySet,
    /// The columns and NULL. Those of the extension come first.
    pub(super) exprs: Vec<Expr>,
    /// How many of them are of the extension.
    pub(super) own: usize,
}

impl Operands {
    pub(super) fn new(world: &World, extension: &Extension) -> Result<Operands, Failure> {
        let plain: Vec<&str> = extension.text.lines().filter_map(type_name).filter(|name| !name.starts_with('_')).collect();
        let texts = plain.iter().map(|name| (*name).to_owned());
        let texts = texts.chain(plain.iter().map(|name| format!("{name}[]"))).chain(FURTHER.map(str::to_owned));
        let column = |(index, text): (usize, String)| -> Result<Column, Failure> {
            let kind = SqlType::parse(&text)?;
            let id = world.find(&kind).ok_or_else(|| format!("{text} is not known"))?;
            Ok(Column { name: format!("c{index}"), kind, id })
        };
        let columns = texts.enumerate().map(column).collect::<Result<Vec<_>, _>>()?;
        let null = Expr::new(Kind::Literal(Literal::Null));
        let exprs = columns.iter().map(|column| own(&column.name)).chain([null]).collect();
        Ok(Operands { set: set(&columns)?, columns, exprs, own: 2 * plain.len() })
    }

    /// The SQL that makes the table.
    pub(super) fn ddl(&self) -> String {
        let columns: Vec<String> = self.columns.iter().map(|column| format!("{} {}", column.name, column.kind)).collect();
        format!("CREATE TABLE public.k ({})", columns.join(", "))
    }

    /// The types that a cast may name.
    pub(super) fn targets(&self) -> impl Iterator<Item = &SqlType> {
        self.columns.iter().map(|column| &column.kind)
    }

    /// A column of that type.
    pub(super) fn of(&self, kind: u32) -> Option<Expr> {
        self.columns.iter().find(|column| column.id.0 == kind).map(|column| own(&column.name))
    }
}

impl Names for Operands {
    fn own(&self, column: &str) -> Option<Given> {
        self.columns.iter().find(|one| one.name == column).map(|one| Given { kind: Some(one.id), nullable: true })
    }
    fn column(&self, _: &Source, _: &str) -> Option<Given> {
        None
    }
    fn ctx(&self, _: &str) -> Option<Given> {
        None
    }
    fn routine(&self, _: &Routine) -> Option<Vec<Signature>> {
        None
    }
}

fn type_name(line: &str) -> Option<&str> {
    line.strip_prefix("type ")?.split(' ').nth(1)
}

/// The server's numbers of the extension's types, by ours.
pub(super) fn numbers(world: &World, rows: Vec<(String, i64)>) -> BTreeMap<TypeId, u32> {
    let number = |(name, oid): (String, i64)| Some((world.named(&name)?, u32::try_from(oid).ok()?));
    rows.into_iter().filter_map(number).collect()
}

fn set(columns: &[Column]) -> Result<PolicySet, Failure> {
    let one =
        |column: &Column| format!("(column (field {0}) (name {0}) (kind {1}) (nullable yes))", column.name, column.kind.note().compact());
    let columns: String = columns.iter().map(one).collect();
    let text = format!(
        "(set (name S) (owner owner) (target postgres) (versions (versions (oldest 14) (newest 18))) (items (
            (table (item K) (relation (public k)) (columns ({columns})) (tenancy none)))))"
    );
    let node = Node::parse(&text).map_err(|error| error.to_string())?;
    Ok(PolicySet::read(&node).map_err(|error| error.to_string())?)
}
