//! The front end: attributes of a struct to a declared item, and where each part of it was written.
//!
//! In: `syn::DeriveInput`, or the tokens of a `policy_set!`. Out: a model item, origins, faults. The only floor that
//! knows syn. The macro and the build edge both enter here, so that they say the same.
//!
//! Nothing stops at the first fault: readers return what they could read, and report the rest.

mod columns;
mod context;
mod default;
mod entry;
mod functions;
mod known;
mod log;
mod memo;
mod origins;
mod predicate;
mod role;
mod rule;
pub mod rust_type;
mod schema;
mod set;
mod signature;
mod sqlx;
mod table;
mod trigger;
mod user_types;
mod view;

use std::rc::Rc;

use proc_macro2::TokenStream;
use syn::{Data, DeriveInput, Fields};

use crate::analyze;
use crate::check;
use crate::diag::{Code, Diagnostic, Part, Place, codes};
use crate::model::{Item, Returns, SqlType};

use entry::Entry;
pub use functions::{not_a_trait, parse_functions};
pub use known::Known;
pub use origins::{Origins, Tokens};
pub use set::{ParsedSet, parse_set};
pub use signature::FunctionsTrait;

/// Which derive an item carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derive {
    /// `#[derive(Policy)]`, `#[policy(..)]`
    Policy,
    /// `#[derive(Role)]`, `#[role(..)]`
    Role,
    /// `#[derive(Schema)]`, `#[schema(..)]`
    Schema,
    /// `#[derive(Context)]`, `#[context(..)]`
    Context,
    /// `#[derive(View)]`, `#[view(..)]`
    View,
    /// `#[functions(..)]` on a trait, which is no derive: see `parse_functions`.
    Functions,
}

impl Derive {
    /// Every derive, and so not `Functions`.
    pub const ALL: &'static [Derive] = &[Derive::Policy, Derive::Role, Derive::Schema, Derive::Context, Derive::View];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Derive::Policy => "Policy",
            Derive::Role => "Role",
            Derive::Schema => "Schema",
            Derive::Context => "Context",
            Derive::View => "View",
            Derive::Functions => "functions",
        }
    }

    /// Its helper attribute.
    #[must_use]
    pub fn attribute(self) -> &'static str {
        match self {
            Derive::Policy => "policy",
            Derive::Role => "role",
            Derive::Schema => "schema",
            Derive::Context => "context",
            Derive::View => "view",
            Derive::Functions => "functions",
        }
    }
}

/// What an item path in an attribute must lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A `#[derive(Role)]`.
    Role,
    /// A `#[derive(Context)]`.
    Context,
    /// A `#[derive(Policy)]`.
    Table,
    /// A `#[derive(Policy)]` with a tenant of its own.
    Parent,
    /// A `#[functions]`.
    Functions,
}

/// A path to another item, for the assertions that the macro emits.
#[derive(Clone, Debug)]
pub struct PathUse {
    /// What it must lead to.
    pub expected: Expected,
    /// Its tokens.
    pub path: TokenStream,
    /// The column or method behind the dot, in `Item.member`.
    pub member: Option<proc_macro2::Ident>,
}

/// What became of an annotated item.
#[derive(Debug)]
pub struct Parsed {
    /// The Rust name.
    pub name: String,
    /// The item as declared, its types resolved where they are known; absent after an error.
    pub item: Option<Item>,
    /// Every fault, warnings included.
    pub faults: Vec<Diagnostic>,
    /// Where its parts were written.
    pub origins: Origins,
    /// The paths to other items in it.
    pub paths: Vec<PathUse>,
    /// What could be read of the columns or fields, even after an error; as written, because the item at the other side
    /// of a comparison may be one of which nothing is known.
    pub fields: Vec<FieldType>,
    /// What could be read of the functions, even after an error; as written.
    pub methods: Vec<MethodTypes>,
    /// The files that it was read from beside the source, as written: a change of one is a change of the item.
    pub files: Vec<String>,
}

/// Reads a file of `body_file` or `query_file`, by its path below the package's folder. This floor does no IO itself.
pub type Files = Rc<dyn Fn(&str) -> Result<String, String>>;

/// A column or context field, for the assertions that the macro emits.
#[derive(Clone, Debug)]
pub struct FieldType {
    /// The Rust field.
    pub name: String,
    /// Its SQL type.
    pub kind: SqlType,
    /// The Rust type below `Option` and `Vec`.
    pub rust: TokenStream,
}

/// The types of a function, for the assertions that the macro emits.
#[derive(Clone, Debug)]
pub struct MethodTypes {
    /// The Rust method.
    pub name: String,
    /// Its arguments.
    pub args: Vec<FieldType>,
    /// What it returns and the Rust type below `SetOf`, `Option` and `Vec`; absent if that could not be read.
    pub returns: Option<(Returns, TokenStream)>,
}

/// Reads an annotated item.
#[must_use]
pub fn parse(input: &DeriveInput, derive: Derive, files: &Files, known: &Known) -> Parsed {
    let name = unraw(&input.ident);
    let mut cx = Cx::new(Rc::clone(files), known.clone());
    cx.origins.part(Part::Item, &input.ident);
    let mut item = None;
    if shape(input, derive, &mut cx) {
        let entries = attribute_entries(&input.attrs, derive.attribute(), &mut cx);
        if !input.attrs.iter().any(|a| a.path().is_ident(derive.attribute())) {
            let help = format!("add `#[{}(..)]` to it", derive.attribute());
            cx.at(codes::MISSING_KEY, &input.ident, format!("`#[derive({})]` without its attribute", derive.name()))
                .help(help)
                .keep(&mut cx);
        }
        let read = match derive {
            Derive::Policy => table::read(input, entries, &mut cx).map(Item::Table),
            Derive::Role => role::read(input, entries, &mut cx).map(Item::Role),
            Derive::Schema => schema::read(input, entries, &mut cx).map(Item::Schema),
            Derive::Context => context::read(input, entries, &mut cx).map(Item::Context),
            Derive::View => view::read(input, entries, &mut cx).map(Item::View),
            // A struct was refused by its shape.
            Derive::Functions => None,
        };
        item = judged(read, &mut cx);
    }
    finish(name, item, cx)
}

/// The item if it has no fault, its types resolved where they are known.
fn judged(read: Option<Item>, cx: &mut Cx) -> Option<Item> {
    let read = read.filter(|_| !cx.failed())?;
    let known = cx.known.clone();
    let mut places = known.of_item(&read);
    let mut found = if places.is_empty() { analyze::judge_item(&read, &check::Known::nothing()) } else { Vec::new() };
    for (item, set) in &places {
        found.extend(analyze::judge_item(item, &check::Known::declared(set)));
    }
    cx.faults.retain(|fault| !check::accepts(&read, fault.code));
    for fault in found {
        cx.origins.worded(fault).keep(cx);
    }
    // Two sets in which it is of other types: each resolves it for itself.
    let agreed = places.pop().map(|(item, _)| item).filter(|item| places.iter().all(|(other, _)| other == item));
    Some(agreed.unwrap_or(read)).filter(|_| !cx.failed())
}

fn finish(name: String, item: Option<Item>, cx: Cx) -> Parsed {
    let faults = cx.faults.into_iter().map(|fault| fault.of(name.clone())).collect();
    Parsed { name, item, faults, origins: cx.origins, paths: cx.paths, fields: cx.fields, methods: cx.methods, files: cx.read }
}

/// What the readers share.
struct Cx {
    faults: Vec<Diagnostic>,
    origins: Origins,
    paths: Vec<PathUse>,
    fields: Vec<FieldType>,
    methods: Vec<MethodTypes>,
    files: Files,
    known: Known,
    read: Vec<String>,
}

impl Cx {
    fn new(files: Files, known: Known) -> Cx {
        Cx {
            faults: Vec::new(),
            origins: Origins::default(),
            paths: Vec::new(),
            fields: Vec::new(),
            methods: Vec::new(),
            files,
            known,
            read: Vec::new(),
        }
    }

    /// The text of a file; a fault at these tokens if there is none.
    fn file(&mut self, path: &str, tokens: impl Into<Tokens>) -> Option<String> {
        let files = Rc::clone(&self.files);
        self.read.push(path.to_owned());
        match files(path) {
            Ok(text) => Some(text),
            Err(why) => {
                self.at(codes::FILE_NOT_READ, tokens, format!("`{path}` cannot be read: {why}"))
                    .help("the path is that of a file below the folder of the package's `Cargo.toml`")
                    .keep(self);
                None
            }
        }
    }

    /// A fault at some tokens.
    fn at(&mut self, code: Code, tokens: impl Into<Tokens>, message: impl Into<String>) -> Diagnostic {
        let origin = self.origins.add(tokens);
        Diagnostic::new(code, Place::Origin(origin), message)
    }

    fn failed(&self) -> bool {
        self.faults.iter().any(Diagnostic::is_error)
    }
}

/// The end of a chain of `.help(..)`.
trait Keep {
    fn keep(self, cx: &mut Cx);
}

impl Keep for Diagnostic {
    fn keep(self, cx: &mut Cx) {
        if !cx.faults.contains(&self) {
            cx.faults.push(self);
        }
    }
}

/// The text of an identifier without `r#`.
fn unraw(ident: &proc_macro2::Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map(str::to_owned).unwrap_or(text)
}

/// A struct of the right kind, without type parameters.
fn shape(input: &DeriveInput, derive: Derive, cx: &mut Cx) -> bool {
    let unit = matches!(derive, Derive::Role | Derive::Schema);
    let wanted = if unit { "a unit struct" } else { "a struct with named fields" };
    let part = if derive == Derive::Context { "field" } else { "column" };
    let found = match &input.data {
        Data::Struct(_) if derive == Derive::Functions => "no trait",
        Data::Struct(data) => match &data.fields {
            Fields::Unit if unit || derive == Derive::Policy => "",
            Fields::Named(_) if !unit => "",
            Fields::Unit => "a unit struct",
            Fields::Named(_) => "a struct with fields",
            Fields::Unnamed(_) => "a tuple struct",
        },
        Data::Enum(_) => "an enum",
        Data::Union(_) => "a union",
    };
    if !found.is_empty() {
        let message = format!("`#[derive({})]` is for {wanted}, `{}` is {found}", derive.name(), input.ident);
        let help =
            if unit { format!("write `struct {};`", input.ident) } else { format!("write `struct {} {{ {part}: Type }}`", input.ident) };
        cx.at(codes::UNSUPPORTED_ITEM, &input.ident, message).help(help).keep(cx);
    }
    let parameters = input.generics.params.iter().any(|p| !matches!(p, syn::GenericParam::Lifetime(_)));
    if parameters {
        let kind = if input.generics.type_params().next().is_some() { "type" } else { "const" };
        cx.at(codes::GENERIC_ITEM, &input.ident, format!("`{}` has {kind} parameters", input.ident))
            .note("an item stands for one thing in the database")
            .help("write one struct for each")
            .keep(cx);
    }
    found.is_empty() && !parameters
}

/// The entries of all attributes of one name.
fn attribute_entries(attributes: &[syn::Attribute], name: &str, cx: &mut Cx) -> Vec<Entry> {
    let mut entries = Vec::new();
    for attribute in attributes.iter().filter(|a| a.path().is_ident(name)) {
        match &attribute.meta {
            syn::Meta::List(list) => entries.extend(entry::entries(list.tokens.clone(), cx)),
            other => {
                cx.at(codes::MALFORMED, other, format!("`#[{name}]` takes a list")).help(format!("write `#[{name}(..)]`")).keep(cx);
            }
        }
    }
    entries
}
