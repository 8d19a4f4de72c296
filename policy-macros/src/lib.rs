//! Internal to `hedgerow`: its derives and `policy_set!`.
//!
//! In: tokens. Out: tokens. Each macro is the same few steps: parse (the front end that the build edge shares), report
//! every fault as a compile error on its tokens, expand. A faulty item still expands, to one that renders nothing, so
//! that one error does not breed others.

mod assertions;
mod expand;
mod markers;
mod report;
mod set;

use policy_core::syntax::{self, Derive};
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

/// Names the items that belong together: see `hedgerow::policy_set`.
#[proc_macro]
pub fn policy_set(input: TokenStream) -> TokenStream {
    set::expand(&syntax::parse_set(input.into())).into()
}

fn derive(input: TokenStream, derive: Derive) -> TokenStream {
    let input = match syn::parse::<DeriveInput>(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error().into(),
    };
    let parsed = syntax::parse(&input, derive);
    let errors = report::errors(&parsed.faults, &parsed.origins);
    let item = expand::item(&input, derive, &parsed);
    quote::quote!(#errors #item).into()
}
