//! What is known beside the item that is read: the sets that list it, as the build edge left them.
//!
//! In: texts of the build edge, or nothing. Out: for one item the sets that it is part of, its types resolved. Nothing here
//! is a fault of the user: what does not read is not known. Does no IO itself.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::model::{Item, KnownSet, Node, Notate, PolicySet};

/// The sets of a package. The default knows none. Copies share what they know.
#[derive(Clone, Debug, Default)]
pub struct Known(Arc<Index>);

#[derive(Debug, Default)]
struct Index {
    sets: Vec<Named>,
    /// Set and number in it of every item, by its Rust name.
    items: HashMap<String, Vec<(usize, usize)>>,
}

/// A set, and its items by every name that a predicate could call them.
#[derive(Debug)]
struct Named {
    known: KnownSet,
    names: HashMap<String, Vec<usize>>,
}

impl Known {
    /// The variable by which rustc tells the macros where the files of the build edge are, as in `PATH`.
    pub const VARIABLE: &'static str = "HEDGEROW_ITEMS";

    /// The text of a file.
    #[must_use]
    pub fn write(sets: &[KnownSet]) -> String {
        sets.iter().map(|set| set.note().compact() + "\n").collect()
    }

    /// What some files say.
    pub fn read<'a>(texts: impl IntoIterator<Item = &'a str>) -> Known {
        let nodes = texts.into_iter().filter_map(|text| Node::parse_all(text).ok()).flatten();
        let mut index = Index::default();
        for known in nodes.filter_map(|node| KnownSet::read(&node).ok()) {
            let mut names: HashMap<String, Vec<usize>> = HashMap::new();
            for (i, item) in known.set.items.iter().enumerate() {
                index.items.entry(item.name().to_owned()).or_default().push((index.sets.len(), i));
                names_of(item).for_each(|name| names.entry(name.to_owned()).or_default().push(i));
            }
            index.sets.push(Named { known, names });
        }
        Known(Arc::new(index))
    }

    /// What is known of a set: the first of that name that lists the same.
    #[must_use]
    pub fn set(&self, name: &str, entries: &[String]) -> Option<&KnownSet> {
        self.0.sets.iter().map(|one| &one.known).find(|known| known.set.name == name && known.entries == entries)
    }

    /// The sets that an item is part of, each with the item as it is there, its types resolved. A name alone does not
    /// tell: two builders, a test and an example may each have an item of one name, so it must also look the same.
    pub(super) fn of_item(&self, item: &Item) -> Vec<(Item, PolicySet)> {
        let numbers = self.0.items.get(item.name()).into_iter().flatten();
        let found = numbers.filter_map(|(number, i)| {
            let set = self.0.sets.get(*number)?;
            let mut resolved = item.clone();
            resolved.resolve(&set.known.types);
            (resolved.outline().as_ref() == set.known.set.items.get(*i)).then(|| (resolved, set.for_item(item)))
        });
        found.collect()
    }
}

impl Named {
    /// The set with the items that this one may name, because some word of it is called like them: what an item costs does
    /// not grow with the set.
    fn for_item(&self, item: &Item) -> PolicySet {
        let (mut numbers, mut waiting) = (BTreeSet::new(), vec![item.note()]);
        while let Some(node) = waiting.pop() {
            match node {
                Node::Word(word) => numbers.extend(self.names.get(&word).into_iter().flatten().copied()),
                Node::List(nodes) => waiting.extend(nodes),
            }
        }
        let set = &self.known.set;
        let items = numbers.into_iter().filter_map(|number| set.items.get(number).cloned()).collect();
        let (name, owner, types) = (set.name.clone(), set.owner.clone(), set.types.clone());
        PolicySet { name, owner, target: set.target, versions: set.versions, items, types, deny: Vec::new() }
    }
}

/// Its Rust name, and its names in SQL without their schemas.
fn names_of(item: &Item) -> impl Iterator<Item = &str> {
    let in_sql: Vec<&str> = match item {
        Item::Table(table) => vec![table.relation.name.as_str()],
        Item::View(view) => vec![view.relation.name.as_str()],
        Item::Functions(of) => of.functions.iter().map(|function| function.name.as_str()).collect(),
        Item::Context(_) | Item::Role(_) | Item::Schema(_) => Vec::new(),
    };
    let in_sql: BTreeSet<&str> = in_sql.into_iter().filter(|name| *name != item.name()).collect();
    std::iter::once(item.name()).chain(in_sql)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Context, ContextSource, Field, SqlType, Types};

    fn context(item: &str, kind: SqlType) -> Item {
        let field = Field { name: "status".to_owned(), source: ContextSource::Setting("app.status".to_owned()), kind, nullable: false };
        Item::Context(Context { item: item.to_owned(), fields: vec![field], allows: Vec::new() })
    }

    fn set(name: &str, items: &[Item], resolved: &str) -> KnownSet {
        let rust = SqlType::builtin(resolved).map(|kind| ("Status".to_owned(), kind));
        let types = Types { rust: rust.into_iter().collect(), declared: Vec::new() };
        let entries: Vec<String> = items.iter().map(|item| item.name().to_owned()).collect();
        KnownSet::of(PolicySet { name: name.to_owned(), ..PolicySet::default() }, &entries, items, &types)
    }

    #[test]
    fn an_item_is_found_by_its_name_and_its_looks() {
        let opaque = context("Request", SqlType::opaque("Status"));
        let a = set("A", &[opaque.clone(), context("Other", SqlType::opaque("Status"))], "text");
        let b = set("B", &[context("Request", SqlType::opaque("Unknown"))], "text");
        let known = Known::read([Known::write(std::slice::from_ref(&a)).as_str(), Known::write(&[b]).as_str()]);
        let found = known.of_item(&opaque);
        let kinds: Vec<String> = found.iter().flat_map(|(item, _)| item.kinds()).map(ToString::to_string).collect();
        assert_eq!(kinds, ["text"]);
        let beside: Vec<(&str, Vec<&str>)> =
            found.iter().map(|(_, set)| (set.name.as_str(), set.items.iter().map(Item::name).collect())).collect();
        assert_eq!(beside, [("A", vec!["Request"])]);
        assert_eq!(known.set("A", &["Request".to_owned(), "Other".to_owned()]), Some(&a));
        assert_eq!(known.set("A", &["Request".to_owned()]), None);
    }

    #[test]
    fn what_does_not_read_is_not_known() {
        let a = set("A", &[context("Request", SqlType::opaque("Status"))], "text");
        let good = Known::write(std::slice::from_ref(&a));
        let known = Known::read(["(", "(known (of another version))", "", good.as_str()]);
        assert_eq!(known.set("A", &["Request".to_owned()]), Some(&a));
        assert!(Known::default().set("A", &["Request".to_owned()]).is_none());
    }
}
