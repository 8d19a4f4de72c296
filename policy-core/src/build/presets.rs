//! Ready-made items where a set names them: the texts of `presets`, read as sources are.
//!
//! In: sets. Out: items by module and name. Must not know what a set does with them.

use std::collections::BTreeMap;

use super::file::{self, DeclaredSet};
use super::sources::Source;
use crate::model::Item;
use crate::presets;

/// The items of the modules that some sets name.
#[derive(Debug, Default)]
pub(super) struct Ready {
    items: BTreeMap<(&'static str, String), Item>,
}

impl Ready {
    /// Reads what these sets name.
    pub(super) fn of(sets: &[DeclaredSet]) -> Ready {
        let mut ready = Ready::default();
        for (module, text) in presets::ALL {
            if sets.iter().any(|set| set.presets.contains(&Some(module))) {
                ready.items.extend(read(module, text).into_iter().map(|item| ((*module, item.name().to_owned()), item)));
            }
        }
        ready
    }

    /// What an entry leads to, if its path names a module of these.
    pub(super) fn item(&self, module: Option<&'static str>, name: &str) -> Option<&Item> {
        self.items.get(&(module?, name.to_owned()))
    }
}

/// The modules that have an item of that name.
pub(super) fn with(name: &str) -> Vec<&'static str> {
    let has = |text: &str, module| read(module, text).iter().any(|item| item.name() == name);
    presets::ALL.iter().filter(|(module, text)| has(text, module)).map(|(module, _)| *module).collect()
}

fn read(module: &str, text: &str) -> Vec<Item> {
    let source = Source { shown: format!("hedgerow::presets::{module}"), text: text.to_owned(), folder: None };
    file::scan(&source, usize::MAX).items.into_iter().filter_map(|declared| declared.item).collect()
}
