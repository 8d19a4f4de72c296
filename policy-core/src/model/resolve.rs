//! Rust types that only the sources explain: what they are in the database, put in the place of their names.
//!
//! In: a table of them, as the build edge made it. Out: items and sets without the names that the table explains, and
//! the declared types of the database that a set uses. Must not know where the table comes from.

use std::collections::BTreeMap;

use super::function::Returns;
use super::notate::fail;
use super::notation::{Node, Notate, NotationError};
use super::set::{Item, PolicySet};
use super::types::{Base, SqlType};
use super::user_type::{Definition, UserType};

/// What the sources say of types.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Types {
    /// Rust types by name.
    pub rust: BTreeMap<String, SqlType>,
    /// The types of the database that Rust types describe, sorted by schema and name.
    pub declared: Vec<UserType>,
}

impl Notate for Types {
    fn note(&self) -> Node {
        let rust = self.rust.iter().map(|(name, kind)| Node::list(name, [kind.note()])).collect();
        Node::List(vec![Node::List(rust), self.declared.note()])
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        let Node::List(parts) = node else { return fail("a table of types", node) };
        let [Node::List(pairs), declared] = parts.as_slice() else { return fail("a table of types", node) };
        let pair = |node: &Node| match node.head() {
            Some((name, [kind])) => Ok((name.to_owned(), SqlType::read(kind)?)),
            _ => fail("(Name type)", node),
        };
        Ok(Types { rust: pairs.iter().map(pair).collect::<Result<_, _>>()?, declared: Vec::read(declared)? })
    }
}

/// Reads `(((Name type) ..) (declared type ..))`.
///
/// # Errors
/// If the text is not what `write_types` wrote.
pub fn read_types(text: &str) -> Result<Types, NotationError> {
    Node::parse(text).and_then(|node| Types::read(&node))
}

/// Writes `(((Name type) ..) (declared type ..))`, on one line.
#[must_use]
pub fn write_types(types: &Types) -> String {
    types.note().compact()
}

impl Types {
    /// The part of the table that some items use. Items and not a set: they are as the macro reads them, unresolved.
    #[must_use]
    pub fn of_items<'a>(&self, items: impl IntoIterator<Item = &'a Item>) -> Types {
        let kinds: Vec<&SqlType> = items.into_iter().flat_map(Item::kinds).collect();
        let names = kinds.iter().filter_map(|kind| if let Base::Opaque(name) = &kind.base { Some(name) } else { None });
        let rust: BTreeMap<String, SqlType> = names.filter_map(|name| Some((name.clone(), self.rust.get(name)?.clone()))).collect();
        let declared = reached(kinds.into_iter().chain(rust.values()), &[], &self.declared);
        Types { rust, declared }
    }

    /// What stands for a type that is opaque, if the table says.
    fn behind(&self, kind: &SqlType) -> Option<SqlType> {
        let Base::Opaque(name) = &kind.base else { return None };
        let found = self.rust.get(name).filter(|found| !(found.array && kind.array))?;
        Some(SqlType { array: kind.array || found.array, ..found.clone() })
    }
}

impl Item {
    /// Every type of its columns, fields and signatures.
    #[must_use]
    pub fn kinds(&self) -> Vec<&SqlType> {
        match self {
            Item::Table(table) => table.columns.iter().map(|column| &column.kind).collect(),
            Item::Context(context) => context.fields.iter().map(|field| &field.kind).collect(),
            Item::View(view) => view.columns.iter().map(|column| &column.kind).collect(),
            Item::Functions(functions) => functions.functions.iter().flat_map(super::Function::types).collect(),
            Item::Role(_) | Item::Schema(_) => Vec::new(),
        }
    }

    /// Puts resolved types in the place of opaque ones.
    pub fn resolve(&mut self, types: &Types) {
        let resolve = |kind: &mut SqlType| {
            if let Some(found) = types.behind(kind) {
                *kind = found;
            }
        };
        match self {
            Item::Table(table) => table.columns.iter_mut().for_each(|column| resolve(&mut column.kind)),
            Item::Context(context) => context.fields.iter_mut().for_each(|field| resolve(&mut field.kind)),
            Item::View(view) => view.columns.iter_mut().for_each(|column| resolve(&mut column.kind)),
            Item::Functions(functions) => {
                for function in &mut functions.functions {
                    function.args.iter_mut().for_each(|argument| resolve(&mut argument.kind));
                    if let Returns::One(kind) | Returns::Set(kind) = &mut function.returns {
                        resolve(kind);
                    }
                }
            }
            Item::Role(_) | Item::Schema(_) => {}
        }
    }
}

impl PolicySet {
    /// Puts resolved types in the place of opaque ones, and adds the declared types that its items use to its own.
    pub fn resolve(&mut self, types: &Types) {
        self.items.iter_mut().for_each(|item| item.resolve(types));
        self.types = reached(self.items.iter().flat_map(Item::kinds), &self.types, &types.declared);
    }
}

/// The declared types that some types lead to, and those that are kept in any case; what is kept is asked first.
fn reached<'a>(kinds: impl IntoIterator<Item = &'a SqlType>, kept: &'a [UserType], known: &'a [UserType]) -> Vec<UserType> {
    let mut found: BTreeMap<(&Option<String>, &String), &UserType> = kept.iter().map(|one| ((&one.schema, &one.name), one)).collect();
    let mut waiting: Vec<&SqlType> = kinds.into_iter().chain(kept.iter().filter_map(UserType::base)).collect();
    while let Some(kind) = waiting.pop() {
        let Some(one) = kept.iter().chain(known).find(|one| one.is_meant_by(&kind.base)) else { continue };
        if found.insert((&one.schema, &one.name), one).is_none() {
            waiting.extend(one.base());
        }
    }
    found.into_values().cloned().collect()
}

impl UserType {
    /// What a domain is over.
    fn base(&self) -> Option<&SqlType> {
        if let Definition::Domain(base) = &self.definition { Some(base) } else { None }
    }

    /// Whether a name in SQL leads here: a schema that is not said may be any.
    fn is_meant_by(&self, base: &Base) -> bool {
        let Base::User(schema, name) = base else { return false };
        *name == self.name && (schema.is_none() || self.schema.is_none() || *schema == self.schema)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failure here is a failed test")]
    use super::*;
    use crate::model::{Context, ContextSource, Field};

    fn user(text: &str, definition: Definition) -> UserType {
        let (schema, name) = text.split_once('.').map_or((None, text), |(schema, name)| (Some(schema.to_owned()), name));
        UserType { schema, name: name.to_owned(), definition }
    }

    fn field(name: &str, kind: SqlType) -> Field {
        Field { name: name.to_owned(), source: ContextSource::Setting(format!("app.{name}")), kind, nullable: false }
    }

    fn table() -> Types {
        let rust = [("Mail", "app.mail"), ("Unused", "unused"), ("Status", "status"), ("Tags", "text[]")];
        Types {
            rust: rust.iter().map(|(name, kind)| ((*name).to_owned(), SqlType::parse(kind).unwrap())).collect(),
            declared: vec![
                user("status", Definition::Enum(vec!["draft".to_owned()])),
                user("unused", Definition::Composite),
                user("word", Definition::Composite),
                user("app.mail", Definition::Domain(SqlType::parse("word").unwrap())),
            ],
        }
    }

    #[test]
    fn a_set_knows_the_types_that_it_uses_and_no_others() {
        let fields = vec![field("mail", SqlType::opaque("Mail")), field("all", SqlType::opaque("Status").array_of())];
        let context = Context { item: "Request".to_owned(), fields, allows: Vec::new() };
        let own = user("own", Definition::Domain(SqlType::parse("unused").unwrap()));
        let mut set = PolicySet { items: vec![Item::Context(context)], types: vec![own], ..PolicySet::default() };
        let used = table().of_items(&set.items);
        assert_eq!(used.rust.keys().collect::<Vec<_>>(), ["Mail", "Status"]);
        assert_eq!(used.declared.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["status", "word", "mail"]);
        set.resolve(&table());
        let names: Vec<&str> = set.types.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["own", "status", "unused", "word", "mail"]);
        let kinds: Vec<String> = set.items.iter().flat_map(Item::kinds).map(ToString::to_string).collect();
        assert_eq!(kinds, ["app.mail", "status[]"]);
        let before = set.clone();
        set.resolve(&table());
        assert_eq!(set, before);
    }

    #[test]
    fn what_the_set_says_counts_before_what_the_sources_say() {
        let context = Context { item: "R".to_owned(), fields: vec![field("s", SqlType::opaque("Status"))], allows: Vec::new() };
        let said = user("app.status", Definition::Enum(vec!["draft".to_owned(), "signed".to_owned()]));
        let mut set = PolicySet { items: vec![Item::Context(context)], types: vec![said.clone()], ..PolicySet::default() };
        set.resolve(&table());
        assert_eq!(set.types, [said]);
    }

    #[test]
    fn an_array_of_arrays_stays_as_it_is() {
        let context = Context { item: "R".to_owned(), fields: vec![field("t", SqlType::opaque("Tags").array_of())], allows: Vec::new() };
        let mut item = Item::Context(context);
        item.resolve(&table());
        assert_eq!(item.kinds(), [&SqlType::opaque("Tags").array_of()]);
    }

    #[test]
    fn a_table_of_types_comes_back() {
        assert_eq!(read_types(&write_types(&table())), Ok(table()));
        assert_eq!(read_types(&write_types(&Types::default())), Ok(Types::default()));
        assert!(read_types("(a)").is_err());
    }
}
