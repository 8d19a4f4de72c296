//! What the cases are about. In: the catalog's list of types. Out: tables, a context and types, as a policy set for the renderer and as
//! the SQL that makes them. Must not know: cases.

use policy_core::model::{Expr, Kind, Literal, Node, Notate, PolicySet, SqlType, Table};

use crate::Failure;

/// A column or a field: its name, its type.
pub type Typed = (String, SqlType);

/// The table of the policies, as SQL would declare its columns.
const T: &[(&str, &str)] = &[
    ("id", "int"),
    ("i", "int"),
    ("b", "bigint"),
    ("n", "numeric"),
    ("r", "double precision"),
    ("s", "text"),
    ("v", "varchar(20)"),
    ("c", "char(5)"),
    ("f", "boolean"),
    ("g", "boolean"),
    ("u", "uuid"),
    ("d", "date"),
    ("ts", "timestamp"),
    ("tz", "timestamptz"),
    ("iv", "interval"),
    ("j", "jsonb"),
    ("js", "json"),
    ("ia", "int[]"),
    ("ta", "text[]"),
    ("ip", "inet"),
    ("by", "bytea"),
    ("rng", "int4range"),
    ("st", "public.mood"),
    ("sts", "public.mood[]"),
    ("whole", "public.whole"),
    ("word", "public.word"),
    ("ints", "public.ints"),
    ("na", "name"),
    ("si", "smallint"),
    ("ti", "time"),
    ("mo", "money"),
    ("ua", "uuid[]"),
];

/// The table of its subqueries.
const M: &[(&str, &str)] = &[
    ("id", "int"),
    ("team", "int"),
    ("who", "uuid"),
    ("tag", "text"),
    ("ok", "boolean"),
    ("role", "public.mood"),
    ("doc", "jsonb"),
    ("tags", "text[]"),
    ("amount", "numeric"),
    ("since", "timestamptz"),
];

/// The fields of the context.
const C: &[(&str, &str)] = &[
    ("user_id", "uuid"),
    ("n", "int"),
    ("name", "text"),
    ("flag", "boolean"),
    ("ids", "uuid[]"),
    ("nums", "int[]"),
    ("names", "text[]"),
    ("since", "date"),
    ("status", "public.mood"),
    ("doc", "jsonb"),
];

/// What is not built in.
const TYPES: &str = "CREATE TYPE public.mood AS ENUM ('sad', 'ok', 'happy'); CREATE DOMAIN public.whole AS int4; \
                     CREATE DOMAIN public.word AS text; CREATE DOMAIN public.ints AS int4[]";

/// The labels of the enum.
pub const LABELS: [&str; 3] = ["sad", "ok", "happy"];

/// The domains: name, base type.
pub const DOMAINS: [(&str, &str); 3] = [("whole", "int"), ("word", "text"), ("ints", "int[]")];

/// Types of users and of arrays that are operands beside the built-in ones.
const FURTHER: [&str; 9] =
    ["public.mood", "public.whole", "public.word", "public.ints", "int[]", "text[]", "uuid[]", "numeric[]", "public.mood[]"];

/// Operands that most functions are for.
const COMMON: [&str; 40] = [
    "bool",
    "int2",
    "int4",
    "int8",
    "numeric",
    "float4",
    "float8",
    "money",
    "oid",
    "text",
    "varchar",
    "bpchar",
    "name",
    "char",
    "bytea",
    "uuid",
    "date",
    "time",
    "timetz",
    "timestamp",
    "timestamptz",
    "interval",
    "json",
    "jsonb",
    "jsonpath",
    "inet",
    "cidr",
    "macaddr",
    "bit",
    "varbit",
    "point",
    "box",
    "tsvector",
    "tsquery",
    "int4range",
    "tstzrange",
    "int4multirange",
    "regclass",
    "xml",
    "pg_lsn",
];

/// One line of the catalog's types.
const CATALOG: &str = include_str!("../../../policy-core/src/typing/catalog/types.txt");

/// The tables, the types and the operands.
#[derive(Debug)]
pub struct Universe {
    /// For the renderer.
    pub set: PolicySet,
    /// A column for each type: the row of the exhaustive phases.
    pub k: Vec<Typed>,
    /// The row of the policies.
    pub t: Vec<Typed>,
    /// The rows of their subqueries.
    pub m: Vec<Typed>,
    /// The context.
    pub fields: Vec<Typed>,
    /// One of each type: columns of `k`, a row, NULL.
    pub operands: Vec<Expr>,
    /// Those of the more usual types.
    pub common: Vec<Expr>,
}

impl Universe {
    /// The same one in every run.
    ///
    /// # Errors
    /// A list in this file that the model does not read.
    pub fn new() -> Result<Universe, Failure> {
        let k = every_type()?;
        let (t, m, fields) = (typed(T)?, typed(M)?, typed(C)?);
        let mut operands: Vec<Expr> = k.iter().map(|(name, _)| own(name)).collect();
        operands.push(Expr::new(Kind::Row(vec![number("1"), number("2")])));
        operands.push(Expr::new(Kind::Literal(Literal::Null)));
        let usual = |name: &str| COMMON.contains(&name) || name.contains('_') && FURTHER.iter().any(|kind| column(kind) == name);
        let common = operands.iter().filter(|one| !matches!(&one.kind, Kind::Own(name) if !usual(name))).cloned().collect();
        Ok(Universe { set: set(&k, &t, &m, &fields)?, k, t, m, fields, operands, common })
    }

    /// The SQL that makes it.
    #[must_use]
    pub fn ddl(&self) -> String {
        let k: Vec<String> = self.k.iter().map(|(name, kind)| format!("{name:?} {}", declared(name, kind))).collect();
        let listed = |all: &[(&str, &str)]| all.iter().map(|(name, kind)| format!("{name} {kind}")).collect::<Vec<_>>().join(", ");
        format!("{TYPES}; CREATE TABLE k ({}); CREATE TABLE t ({}); CREATE TABLE m ({})", k.join(", "), listed(T), listed(M))
    }

    /// A table of the set by its database name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.set.tables().find(|table| table.relation.name.as_str() == name)
    }
}

/// A column of the row.
#[must_use]
pub fn own(name: &str) -> Expr {
    Expr::new(Kind::Own(name.to_owned()))
}

/// A number.
#[must_use]
pub fn number(text: &str) -> Expr {
    Expr::new(Kind::Literal(Literal::Number(text.to_owned())))
}

/// A text of unknown type.
#[must_use]
pub fn text(text: &str) -> Expr {
    Expr::new(Kind::Literal(Literal::Text(text.to_owned())))
}

/// A type by any of its names.
///
/// # Errors
/// What the model says.
pub fn kind(text: &str) -> Result<SqlType, Failure> {
    SqlType::parse(if text == "char" { "\"char\"" } else { text }).map_err(Into::into)
}

fn typed(list: &[(&str, &str)]) -> Result<Vec<Typed>, Failure> {
    list.iter().map(|(name, text)| Ok(((*name).to_owned(), SqlType::parse(text)?))).collect()
}

/// The name of the column that has this type: `int4`, `int_array`, `public_mood`.
fn column(kind: &str) -> String {
    kind.replace("[]", "_array").replace('.', "_")
}

/// The type of a column of `k`, for a declaration.
fn declared(name: &str, kind: &SqlType) -> String {
    if FURTHER.iter().any(|further| column(further) == name) { kind.to_string() } else { format!("pg_catalog.{name:?}") }
}

/// Every built-in type that a column can have, each under its name, and the further ones.
fn every_type() -> Result<Vec<Typed>, Failure> {
    let mut names: Vec<&str> = Vec::new();
    for line in CATALOG.lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        let [_, _, name, class, _, _, _, array, ..] = fields.as_slice() else { continue };
        if matches!(*class, "b" | "r" | "m") && *array != "0" && !names.contains(name) {
            names.push(name);
        }
    }
    let own = names.into_iter().map(|name| Ok((name.to_owned(), kind(name)?)));
    own.chain(FURTHER.iter().map(|text| Ok((column(text), SqlType::parse(text)?)))).collect()
}

fn set(k: &[Typed], t: &[Typed], m: &[Typed], fields: &[Typed]) -> Result<PolicySet, Failure> {
    let columns = |all: &[Typed]| -> String {
        let one = |(name, kind): &Typed| {
            let name = name.note().compact();
            format!("(column (field {name}) (name {name}) (kind {}) (nullable yes))", kind.note().compact())
        };
        all.iter().map(one).collect()
    };
    let field = |(name, kind): &Typed| format!("(field (name {name}) (source (setting ctx.{name})) (kind {}))", kind.note().compact());
    let fields: String = fields.iter().map(field).collect();
    let table = |name: &str, columns: String| {
        format!("(table (item {}) (relation (public {name})) (context C) (columns ({columns})) (tenancy none))", name.to_uppercase())
    };
    let text = format!(
        "(set (name S) (owner owner) (target postgres) (versions (versions (oldest 14) (newest 18))) (items (
            (context (item C) (fields ({fields}))) {} {} {})))",
        table("k", columns(k)),
        table("t", columns(t)),
        table("m", columns(m))
    );
    let node = Node::parse(&text).map_err(|error| error.to_string())?;
    Ok(PolicySet::read(&node).map_err(|error| error.to_string())?)
}
