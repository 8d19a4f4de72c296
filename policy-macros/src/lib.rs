//! Internal to `hedgerow`: its derives and `policy_set!`.
//!
//! In: tokens. Out: tokens. Each macro is the same few steps: parse (the front end that the build edge shares), report
//! every fault as a compile error on its tokens, expand. A faulty item still expands, to one that renders nothing, so
//! that one error does not breed others.

mod assertions;
mod expand;
mod functions;
mod known;
mod markers;
mod report;
mod set;

use std::path::PathBuf;
use std::rc::Rc;

use policy_core::syntax::{self, Derive, Files};
use proc_macro::TokenStream;
use syn::DeriveInput;

/// Declares a table: see `hedgerow::Policy`.
#[proc_macro_derive(Policy, attributes(policy, sqlx))]
pub fn derive_policy(input: TokenStream) -> TokenStream {
    derive(input, Derive::Policy)
}

/// Declares a role: see `hedgerow::Role`.
#[proc_macro_derive(Role, attributes(role))]
pub fn derive_role(input: TokenStream) -> TokenStream {
    derive(input, Derive::Role)
}

/// Declares a schema: see `hedgerow::Schema`.
#[proc_macro_derive(Schema, attributes(schema))]
pub fn derive_schema(input: TokenStream) -> TokenStream {
    derive(input, Derive::Schema)
}

/// Declares a context: see `hedgerow::Context`.
#[proc_macro_derive(Context, attributes(context))]
pub fn derive_context(input: TokenStream) -> TokenStream {
    derive(input, Derive::Context)
}

/// Declares a view: see `hedgerow::View`.
#[proc_macro_derive(View, attributes(view, sqlx))]
pub fn derive_view(input: TokenStream) -> TokenStream {
    derive(input, Derive::View)
}

/// Declares functions: see `hedgerow::functions`.
#[proc_macro_attribute]
pub fn functions(arguments: TokenStream, input: TokenStream) -> TokenStream {
    functions::expand(arguments.into(), input.into(), &files(), &known::known()).into()
}

/// Names the items that belong together: see `hedgerow::policy_set`.
#[proc_macro]
pub fn policy_set(input: TokenStream) -> TokenStream {
    set::expand(&syntax::parse_set(input.into()), &known::known()).into()
}

/// Internal to `hedgerow`: a module of ready-made items.
#[doc(hidden)]
#[proc_macro]
pub fn preset(input: TokenStream) -> TokenStream {
    let name = input.to_string();
    let parsed = policy_core::presets::find(&name).map(|(_, text)| text.parse::<proc_macro2::TokenStream>());
    let Some(Ok(text)) = parsed else {
        return quote::quote!(::core::compile_error!("no such preset");).into();
    };
    let module = proc_macro2::Ident::new(&name, proc_macro2::Span::call_site());
    quote::quote!(pub mod #module { #text }).into()
}

/// What reads the files that an item names: below the folder of the package that rustc compiles.
fn files() -> Files {
    Rc::new(|path| {
        let folder = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
        std::fs::read_to_string(folder.join(path)).map_err(|error| error.to_string())
    })
}

fn derive(input: TokenStream, derive: Derive) -> TokenStream {
    let input = match syn::parse::<DeriveInput>(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error().into(),
    };
    let parsed = syntax::parse(&input, derive, &files(), &known::known());
    let errors = report::errors(&parsed.faults, &parsed.origins);
    let item = expand::item(&input, derive, &parsed);
    quote::quote!(#errors #item).into()
}
