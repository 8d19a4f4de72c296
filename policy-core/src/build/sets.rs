//! What belongs together: items under the sets that name them, types resolved, every set checked.
//!
//! In: a scan. Out: checked sets, or the faults that stand in their way; and in any case what is known of each set, for
//! the macros. Must not know locks or migrations.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{Fault, Position, Stops};
use super::file::{self, Declared, DeclaredSet, FileOrigins, Key};
use super::presets::{self, Ready};
use super::scan::Scan;
use super::types;
use crate::analyze;
use crate::check::{self, Checked};
use crate::diag::{Diagnostic, Part, Place, codes, nearest};
use crate::model::{Item, KnownSet, PolicySet, Types};

/// What became of some sources.
#[derive(Debug, Default)]
pub struct Assembly {
    /// The sets, if nothing is wrong.
    pub sets: Vec<Checked>,
    /// The names of all sets, also of those with faults.
    pub names: Vec<String>,
    /// What is known of each set that could be read, also beside faults.
    pub known: Vec<KnownSet>,
    /// Every fault.
    pub faults: Vec<Fault>,
}

/// Puts the items of a scan into their sets and checks these.
#[must_use]
pub fn assemble(mut scan: Scan) -> Assembly {
    let types = types::table(&scan.types);
    let names = scan.sets.iter().map(|set| set.name.clone()).filter(|name| !name.is_empty()).collect();
    let faults = std::mem::take(&mut scan.faults);
    let ready = Ready::of(&scan.sets);
    let known = known(&scan, &ready, &types);
    let mut grouping = Grouping { scan: &scan, ready: &ready, places: Places { scan: &scan, read: BTreeMap::new() }, faults };
    grouping.names();
    grouping.entries();
    grouping.orphans();
    let sets = if grouping.is_sound() { grouping.check(&types) } else { Vec::new() };
    grouping.deny();
    let sets = if grouping.is_sound() { sets } else { Vec::new() };
    Assembly { sets, names, known, faults: grouping.faults }
}

/// The items that a set lists, as far as they could be read.
fn listed<'a>(declared: &'a DeclaredSet, by_name: &BTreeMap<&str, &'a Declared>, ready: &'a Ready) -> impl Iterator<Item = &'a Item> {
    let entries = declared.entries.iter().zip(&declared.presets);
    entries.filter_map(|(entry, module)| ready.item(*module, entry).or_else(|| by_name.get(entry.as_str())?.item.as_ref()))
}

fn by_name(scan: &Scan) -> BTreeMap<&str, &Declared> {
    scan.items.iter().map(|item| (item.name.as_str(), item)).collect()
}

fn known(scan: &Scan, ready: &Ready, types: &Types) -> Vec<KnownSet> {
    let by_name = by_name(scan);
    let of = |declared: &DeclaredSet| {
        let set = declared.set.clone()?;
        Some(KnownSet::of(set, &declared.entries, listed(declared, &by_name, ready), types))
    };
    scan.sets.iter().filter_map(of).collect()
}

struct Grouping<'a> {
    scan: &'a Scan,
    ready: &'a Ready,
    places: Places<'a>,
    faults: Vec<Fault>,
}

impl<'a> Grouping<'a> {
    fn is_sound(&self) -> bool {
        !self.faults.iter().any(Fault::is_error)
    }

    fn fault(&mut self, diagnostic: Diagnostic, key: Key, position: &Position) {
        if let Some(source) = self.scan.files.get(key.file) {
            self.faults.push(Fault::at(diagnostic, source, position.clone()));
        }
    }

    /// A name leads to one item.
    fn names(&mut self) {
        let mut first: BTreeMap<&str, &Declared> = BTreeMap::new();
        for declared in &self.scan.items {
            match first.get(declared.name.as_str()) {
                Some(other) => self.fault(two_items(declared, other), declared.key, &declared.position),
                None => {
                    first.insert(&declared.name, declared);
                }
            }
        }
        let mut first: BTreeMap<String, &DeclaredSet> = BTreeMap::new();
        for set in &self.scan.sets {
            if let Some(other) = first.insert(set.name.to_lowercase(), set) {
                self.fault(two_sets(set, other), set.key, &set.position);
            }
        }
    }

    /// Every entry of a set leads to an item.
    fn entries(&mut self) {
        let known: BTreeSet<&str> = self.scan.items.iter().map(|item| item.name.as_str()).collect();
        for set in &self.scan.sets {
            for (i, (entry, module)) in set.entries.iter().zip(&set.presets).enumerate() {
                let (own, ready) = (known.contains(entry.as_str()), self.ready.item(*module, entry).is_some());
                let diagnostic = match module {
                    _ if own != ready => continue,
                    Some(module) if own => also_ready_made(entry, module),
                    _ => no_such_item(entry, &known),
                };
                let fault = self.places.of_set(set, Diagnostic { place: Place::Part(Part::Entry(i)), ..diagnostic.of(set.name.as_str()) });
                self.faults.push(fault);
            }
        }
    }

    /// Every item is in a set: a list that loses a table loses it loudly.
    fn orphans(&mut self) {
        if self.scan.sets.is_empty() {
            let diagnostic = Diagnostic::new(codes::NO_SET, Place::Part(Part::Item), "no `policy_set!` in the sources")
                .help("write one: `policy_set! { pub POLICIES { items: [..] } }`")
                .help("if it stands in another folder, name that in `sources`");
            match self.scan.items.first() {
                Some(item) => self.fault(diagnostic, item.key, &item.position),
                None => self.faults.push(Fault::of_build(diagnostic)),
            }
            return;
        }
        let listed: BTreeSet<&str> = self.scan.sets.iter().flat_map(|set| set.entries.iter().map(String::as_str)).collect();
        for declared in self.scan.items.iter().filter(|declared| !listed.contains(declared.name.as_str())) {
            let diagnostic = Diagnostic::new(codes::ITEM_IN_NO_SET, Place::Part(Part::Item), format!("`{}` is in no set", declared.name))
                .of(declared.name.as_str())
                .note("what no set lists is not rendered: no policy would protect it")
                .help(format!("list `{}` in the `items` of the `policy_set!`", declared.name));
            self.fault(diagnostic, declared.key, &declared.position);
        }
    }

    /// Stops the build for what the set of an item denies.
    fn deny(&mut self) {
        for declared in &self.scan.sets {
            let Some(set) = declared.set.as_ref().filter(|set| !set.deny.is_empty()) else { continue };
            let of_set = |fault: &&mut Fault| fault.diagnostic.item == set.name || declared.entries.contains(&fault.diagnostic.item);
            self.faults.iter_mut().filter(of_set).for_each(|fault| fault.deny(&set.name, &set.deny));
        }
    }

    /// Links and checks every set.
    fn check(&mut self, types: &Types) -> Vec<Checked> {
        let by_name = by_name(self.scan);
        let mut sets = Vec::new();
        for declared in &self.scan.sets {
            let items = listed(declared, &by_name, self.ready).cloned().collect();
            let mut set = PolicySet { items, ..declared.set.clone().unwrap_or_default() };
            set.resolve(types);
            let found = match analyze::judge(set) {
                Ok((checked, mut warnings)) => {
                    warnings.extend(analyze::lints(&checked));
                    sets.push(checked);
                    warnings
                }
                Err(faults) => faults,
            };
            for diagnostic in found {
                let fault = match by_name.get(diagnostic.item.as_str()) {
                    Some(item) => self.places.of_item(item, diagnostic),
                    None => self.places.of_set(declared, at_its_entry(declared, diagnostic)),
                };
                self.faults.push(fault);
            }
        }
        sets
    }
}

/// Finds the places of parts: only a fault needs them, so files are read again for it.
struct Places<'a> {
    scan: &'a Scan,
    read: BTreeMap<usize, FileOrigins>,
}

impl Places<'_> {
    fn of_item(&mut self, declared: &Declared, diagnostic: Diagnostic) -> Fault {
        let Some(source) = self.scan.files.get(declared.key.file) else { return Fault::of_build(diagnostic) };
        let origins = self.read.entry(declared.key.file).or_insert_with(|| file::origins(source));
        let Some(origins) = origins.items.get(declared.key.number) else { return Fault::at(diagnostic, source, declared.position.clone()) };
        let position = Position::of(source, origins.span(diagnostic.place));
        // The macros of this package read what the build edge knows, and see such a fault with better arrows.
        let own = !position.file.starts_with("..") && !position.file.starts_with('/');
        let stops = if own && check::is_of_types(diagnostic.code) { Stops::Rustc } else { Stops::Build };
        Fault { stops, ..Fault::at(origins.worded(diagnostic), source, position) }
    }

    fn of_set(&mut self, declared: &DeclaredSet, diagnostic: Diagnostic) -> Fault {
        let Some(source) = self.scan.files.get(declared.key.file) else { return Fault::of_build(diagnostic) };
        let origins = self.read.entry(declared.key.file).or_insert_with(|| file::origins(source));
        let tokens = origins.sets.get(declared.key.number).map(|origins| origins.span(diagnostic.place));
        let position = tokens.map_or_else(|| declared.position.clone(), |tokens| Position::of(source, tokens));
        Fault::at(diagnostic, source, position)
    }
}

/// A ready-made item has no place in the sources but the entry that lists it.
fn at_its_entry(set: &DeclaredSet, diagnostic: Diagnostic) -> Diagnostic {
    let mut entries = set.entries.iter().zip(&set.presets).enumerate();
    let Some((i, (name, Some(module)))) = entries.find(|(_, (entry, _))| **entry == diagnostic.item) else { return diagnostic };
    let missing = diagnostic.code == codes::NOT_IN_SET;
    let diagnostic = Diagnostic { place: Place::Part(Part::Entry(i)), ..diagnostic };
    if !missing {
        return diagnostic;
    }
    diagnostic.note(format!("`{module}::{name}` is ready-made, and what it refers to is listed with its module: `{module}::..`"))
}

fn no_such_item(entry: &str, known: &BTreeSet<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(codes::NO_SUCH_ITEM, Place::Part(Part::Item), format!("no item `{entry}` in the sources"));
    let modules = presets::with(entry);
    if modules.is_empty() {
        return diagnostic
            .maybe_help(nearest(entry, known.iter().copied()).map(|near| format!("did you mean `{near}`?")))
            .note("only items with one of the derives are seen, in the folders of `sources`, and none that a macro makes");
    }
    modules.into_iter().fold(diagnostic.note("a ready-made item is found by the module in its path"), |all, module| {
        all.help(format!("write `{module}::{entry}`, with `use hedgerow::presets::{module};`"))
    })
}

fn also_ready_made(entry: &str, module: &str) -> Diagnostic {
    Diagnostic::new(
        codes::NAME_TWICE,
        Place::Part(Part::Item),
        format!("`{module}::{entry}` is ready-made, and the sources have a `{entry}`"),
    )
    .note("items refer to each other by the last part of their path")
    .help("rename that of the sources")
    .help(format!("if it is meant, in a module `{module}` of its own: list it as `crate::{module}::{entry}`"))
}

fn two_items(declared: &Declared, other: &Declared) -> Diagnostic {
    let name = &declared.name;
    let place = Place::Part(Part::Item);
    if declared.position == other.position {
        let message = format!("`{name}` derives both `{}` and `{}`", other.derive.name(), declared.derive.name());
        return Diagnostic::new(codes::NAME_TWICE, place, message).of(name).help("an item is one thing: write two");
    }
    Diagnostic::new(codes::NAME_TWICE, place, format!("two items are named `{name}`"))
        .of(name)
        .note(format!("the other one stands in {}:{}", other.position.file, other.position.line))
        .note("items refer to each other by the last part of their path")
        .help("rename one of them")
}

fn two_sets(set: &DeclaredSet, other: &DeclaredSet) -> Diagnostic {
    Diagnostic::new(codes::NAME_TWICE, Place::Part(Part::Item), format!("two sets are named `{}`", set.name))
        .of(set.name.as_str())
        .note(format!("the other one stands in {}:{}", other.position.file, other.position.line))
        .note("each set has a lock and an SQL file of its name in small letters")
        .help("rename one of them")
}
