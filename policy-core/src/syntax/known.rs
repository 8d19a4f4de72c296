//! What is known beside the item that is read: the sets that list it, as the build edge left them.
//!
//! In: texts of the build edge, or nothing. Out: for one item the sets that it is part of, its types resolved. Nothing here
//! is a fault of the user: what does not read is not known. Does no IO itself.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Item, KnownSet, Node, Notate, PolicySet};

/// The sets of a package. The default knows none. Copies share what they know.
#[derive(Clone, Debug, Default)]
pub struct Known(Arc<Index>);

#[derive(Debug, Default)]
struct Index {
    sets: Vec<KnownSet>,
    /// Set and number in it of every item, by its Rust name.
    items: HashMap<String, Vec<(usize, usize)>>,
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
        let sets: Vec<KnownSet> = nodes.filter_map(|node| KnownSet::read(&node).ok()).collect();
        let mut items: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (number, known) in sets.iter().enumerate() {
            for (i, item) in known.set.items.iter().enumerate() {
                items.entry(item.name().to_owned()).or_default().push((number, i));
            }
        }
        Known(Arc::new(Index { sets, items }))
    }

    /// What is known of a set: the first of that name that lists the same.
    #[must_use]
    pub fn set(&self, name: &str, entries: &[String]) -> Option<&KnownSet> {
        self.0.sets.iter().find(|known| known.set.name == name && known.entries == entries)
    }

    /// The sets that an item is part of, each with the item as it is there, its types resolved. A name alone does not
    /// tell: two builders, a test and an example may each have an item of one name, so it must also look the same.
    pub(super) fn of_item(&self, item: &Item) -> Vec<(Item, &PolicySet)> {
        let numbers = self.0.items.get(item.name()).into_iter().flatten();
        let found = numbers.filter_map(|(number, i)| {
            let known = self.0.sets.get(*number)?;
            let mut resolved = item.clone();
            resolved.resolve(&known.types);
            (resolved.outline().as_ref() == known.set.items.get(*i)).then_some((resolved, &known.set))
        });
        found.collect()
    }
}
