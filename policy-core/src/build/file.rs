//! One source file: from its text to what it declares.
//!
//! In: a text. Out: items, sets and types as declared, with the faults of each; plain data, which can leave its
//! thread. Tokens are dropped on the way: who needs the place of a part later asks `origins`, which reads the file again.

use std::path::PathBuf;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use super::attributes::{Attributes, Condition, Derived};
use super::fault::{Fault, Position};
use super::sources::Source;
use super::types::{self, DeclaredType};
use super::walk::{self, FoundItem, FoundSet, Walk};
use crate::diag::{Diagnostic, Part, Place, codes};
use crate::model::{Item, PolicySet};
use crate::syntax::{self, Derive, FunctionsTrait, Known, Origins, Parsed, Tokens};

/// An annotated item.
#[derive(Clone, Debug)]
pub struct Declared {
    /// Its Rust name.
    pub name: String,
    /// Which derive it carries.
    pub derive: Derive,
    /// What it says, unless it has faults.
    pub item: Option<Item>,
    /// Where its name stands.
    pub position: Position,
    /// Which of the files, and which of the items in it.
    pub(super) key: Key,
}

/// A `policy_set!`.
#[derive(Clone, Debug)]
pub struct DeclaredSet {
    /// Its name.
    pub name: String,
    /// The set without its items, unless it has faults.
    pub set: Option<PolicySet>,
    /// The Rust names of its items.
    pub entries: Vec<String>,
    /// The module of ready-made items that an entry's path names.
    pub(super) presets: Vec<Option<&'static str>>,
    /// Where its name stands.
    pub position: Position,
    /// Which of the files, and which of the sets in it.
    pub(super) key: Key,
}

/// Finds a declaration again: file, and number in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) file: usize,
    pub(super) number: usize,
}

/// A conditional module in a file of its own.
#[derive(Clone, Debug)]
pub(super) struct Module {
    /// Path of the module below the folder of the file.
    pub(super) path: Vec<String>,
    /// Whether it is for tests; otherwise it depends on something else.
    pub(super) test: bool,
}

/// What one file declares.
#[derive(Debug, Default)]
pub(super) struct FileScan {
    pub(super) items: Vec<Declared>,
    pub(super) sets: Vec<DeclaredSet>,
    pub(super) types: Vec<DeclaredType>,
    pub(super) modules: Vec<Module>,
    pub(super) faults: Vec<Fault>,
    /// The files that items are read from beside the source.
    pub(super) files: Vec<PathBuf>,
}

/// Where the parts of every declaration in a file were written.
#[derive(Debug, Default)]
pub(super) struct FileOrigins {
    pub(super) items: Vec<Origins>,
    pub(super) sets: Vec<Origins>,
}

/// Reads a file.
pub(super) fn scan(source: &Source, file: usize) -> FileScan {
    let mut scan = FileScan::default();
    if !is_candidate(&source.text) {
        return scan;
    }
    let Some(found) = tokens(source, Some(&mut scan.faults)).map(walk::walk) else { return scan };
    let Walk { items, types, sets, modules } = found;
    for found in &items {
        item(found, source, file, &mut scan);
    }
    for found in types.iter().chain(&items).filter(|found| found.attributes.derives_sqlx_type()) {
        scan.types.extend(types::read(found));
    }
    for found in sets {
        set(found, source, file, &mut scan);
    }
    scan.modules.extend(modules.into_iter().map(|m| Module { path: m.path, test: matches!(m.condition, Condition::Test) }));
    scan
}

/// Reads a file again for the places of its parts.
pub(super) fn origins(source: &Source) -> FileOrigins {
    let mut all = FileOrigins::default();
    let Some(found) = tokens(source, None).map(walk::walk) else { return all };
    for found in &found.items {
        let input = Input::read(found);
        let origins = |derived: &Derived| input.as_ref().map(|input| input.parse(derived.derive, source).origins).unwrap_or_default();
        all.items.extend(found.derives.iter().map(origins));
    }
    all.sets.extend(found.sets.into_iter().map(|set| syntax::parse_set(set.body).origins));
    all
}

/// What an annotated item is read as.
enum Input {
    Struct(Box<DeriveInput>),
    Trait(Box<FunctionsTrait>),
}

impl Input {
    fn read(found: &FoundItem) -> syn::Result<Input> {
        let of_trait = found.derives.iter().any(|derived| derived.derive == Derive::Functions);
        let tokens = found.tokens.clone();
        if of_trait { syn::parse2(tokens).map(Box::new).map(Input::Trait) } else { syn::parse2(tokens).map(Box::new).map(Input::Struct) }
    }

    fn parse(&self, derive: Derive, source: &Source) -> Parsed {
        match self {
            Input::Struct(input) => syntax::parse(input, derive, &source.reader(), &Known::default()),
            Input::Trait(input) => syntax::parse_functions(TokenStream::new(), input, &source.reader(), &Known::default()),
        }
    }

    /// Its fields or methods, in words, with their attributes.
    fn members(&self) -> Vec<(String, Attributes)> {
        match self {
            Input::Trait(input) => {
                let methods = input.methods().into_iter();
                methods.map(|(ident, attributes)| (format!("the function `{ident}`"), Attributes::of_syn(&attributes))).collect()
            }
            Input::Struct(input) => {
                let fields = if let syn::Data::Struct(data) = &input.data { Some(&data.fields) } else { None };
                let name = |field: &syn::Field| field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                let fields = fields.into_iter().flatten();
                fields.map(|field| (format!("the field `{}`", name(field)), Attributes::of_syn(&field.attrs))).collect()
            }
        }
    }
}

/// Whether a text can hold anything that matters here, told without reading it as Rust.
fn is_candidate(text: &str) -> bool {
    const WORDS: &[&str] = &["Policy", "Role", "Schema", "Context", "View", "Type"];
    let derives = || text.split("derive").skip(1).filter_map(|after| after.split(']').next());
    let conditional_module = |line: &str| {
        let line = line.trim();
        line.ends_with(';') && (line.starts_with("mod ") || (line.starts_with("pub") && line.contains(" mod ")))
    };
    text.contains("policy_set")
        || text.contains("functions(")
        || text.contains("functions]")
        || derives().any(|list| WORDS.iter().any(|word| list.contains(word)))
        || (text.contains("#[cfg(") && text.lines().any(conditional_module))
}

fn tokens(source: &Source, faults: Option<&mut Vec<Fault>>) -> Option<TokenStream> {
    // A first line for the shell is no Rust; `#![..]` is.
    let shell = source.text.strip_prefix("#!").filter(|rest| !rest.trim_start().starts_with('['));
    let parsed = match shell {
        Some(rest) => format!("//{rest}").parse::<TokenStream>(),
        None => source.text.parse::<TokenStream>(),
    };
    match (parsed, faults) {
        (Ok(tokens), _) => Some(tokens),
        (Err(error), Some(faults)) => {
            let diagnostic = Diagnostic::new(codes::UNREADABLE, Place::Part(Part::Item), "not Rust: brackets or quotes do not close");
            faults.push(Fault::of_item(diagnostic, source, (error.span(), error.span())));
            None
        }
        (Err(_), None) => None,
    }
}

fn item(found: &FoundItem, source: &Source, file: usize, scan: &mut FileScan) {
    let name = found.name.to_string();
    let position = Position::of(source, (found.name.span(), found.name.span()));
    if let Some(span) = found.misplaced {
        scan.faults.push(Fault::of_item(syntax::not_a_trait().of(name.as_str()), source, (span, span)));
    }
    let input = match Input::read(found) {
        Ok(input) => input,
        Err(error) => {
            let diagnostic = Diagnostic::new(codes::UNREADABLE, Place::Part(Part::Item), format!("`{name}` is not Rust: {error}"));
            scan.faults.push(Fault::of_item(diagnostic.of(name.as_str()), source, (error.span(), error.span())));
            for derived in &found.derives {
                let key = Key { file, number: scan.items.len() };
                scan.items.push(Declared { name: name.clone(), derive: derived.derive, item: None, position: position.clone(), key });
            }
            return;
        }
    };
    let conditional = conditions(found, &input, source, scan);
    for derived in &found.derives {
        let parsed = input.parse(derived.derive, source);
        // What is conditional is refused as it stands; whether rustc sees its other faults is not known.
        for fault in parsed.faults.into_iter().filter(|_| !conditional) {
            let tokens = parsed.origins.span(fault.place);
            scan.faults.push(Fault::of_item(fault, source, tokens));
        }
        scan.files.extend(parsed.files.iter().filter_map(|path| Some(source.folder.as_ref()?.join(path))));
        let key = Key { file, number: scan.items.len() };
        scan.items.push(Declared { name: parsed.name, derive: derived.derive, item: parsed.item, position: position.clone(), key });
    }
}

/// `#[cfg(..)]` on the item, around it, or on a part of it: the build script renders once for every build.
fn conditions(found: &FoundItem, input: &Input, source: &Source, scan: &mut FileScan) -> bool {
    let name = &found.name;
    let before = scan.faults.len();
    let mut say = |tokens: Tokens, what: String| scan.faults.push(conditional(&name.to_string(), what, source, tokens));
    if let Condition::Cfg(tokens) = found.condition {
        say(tokens, format!("`{name}` exists under a condition only"));
    }
    for tokens in found.derives.iter().filter_map(|derived| derived.conditional) {
        say(tokens, format!("`{name}` is declared under a condition only"));
    }
    if let Some(tokens) = found.attributes.changed_by_condition()
        && found.derives.iter().all(|derived| derived.conditional.is_none())
    {
        say(tokens, format!("what `{name}` declares depends on a condition"));
    }
    for (member, attributes) in input.members() {
        if let Condition::Cfg(tokens) = attributes.condition() {
            say(tokens, format!("{member} of `{name}` exists under a condition only"));
        } else if let Some(tokens) = attributes.changed_by_condition() {
            say(tokens, format!("what {member} of `{name}` declares depends on a condition"));
        }
    }
    scan.faults.len() > before
}

/// The fault of something that exists under a condition only.
fn conditional(item: &str, message: String, source: &Source, tokens: Tokens) -> Fault {
    Fault::at(conditional_words(item, message), source, Position::of(source, (tokens.first, tokens.last)))
}

/// Its words.
pub(super) fn conditional_words(item: &str, message: String) -> Diagnostic {
    Diagnostic::new(codes::CFG_ON_ITEM, Place::Part(Part::Item), message)
        .of(item)
        .note("a migration is written once, for every build: a build script cannot decide conditions of the crate")
        .help("declare it without a condition; a `policy_set!` names what belongs together")
}

fn set(found: FoundSet, source: &Source, file: usize, scan: &mut FileScan) {
    let parsed = syntax::parse_set(found.body);
    let span = parsed.ident.as_ref().map_or_else(|| parsed.origins.span(Place::Part(Part::Item)), |name| (name.span(), name.span()));
    for fault in parsed.faults {
        let tokens = parsed.origins.span(fault.place);
        scan.faults.push(Fault::of_item(fault, source, tokens));
    }
    if let Condition::Cfg(tokens) = found.condition {
        scan.faults.push(conditional(&parsed.name, format!("the set `{}` exists under a condition only", parsed.name), source, tokens));
    }
    let key = Key { file, number: scan.sets.len() };
    let position = Position::of(source, span);
    scan.sets.push(DeclaredSet { name: parsed.name, set: parsed.set, entries: parsed.entries, presets: parsed.presets, position, key });
}
