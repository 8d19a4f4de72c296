//! An item to its impls: the literal that is read back at run time, and what other items assert on.

use policy_core::meta::hash;
use policy_core::model::{Item, Notate};
use policy_core::syntax::{Derive, FieldType, Parsed};
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::DeriveInput;

use crate::assertions;
use crate::markers::marker;

/// Everything that a derive emits. A faulty item gets an empty literal: it renders nothing and `load` refuses it.
pub(crate) fn item(input: &DeriveInput, derive: Derive, parsed: &Parsed) -> TokenStream {
    // A type parameter was refused already; an impl for such a type would only add to the noise.
    if input.generics.type_params().next().is_some() || input.generics.const_params().next().is_some() {
        return TokenStream::new();
    }
    let (impl_generics, type_generics, clause) = input.generics.split_for_impl();
    let ident = &input.ident;
    let notation = parsed.item.as_ref().map(|item| item.note().compact()).unwrap_or_default();
    let names = parsed.item.as_ref().map(names).unwrap_or_default();
    let kind = match derive {
        Derive::Policy | Derive::View => table(input, derive, parsed),
        Derive::Context => context(input, parsed),
        // No struct: see `functions`.
        Derive::Functions => TokenStream::new(),
        Derive::Role => {
            quote!(#[diagnostic::do_not_recommend] impl #impl_generics ::hedgerow::__private::Role for #ident #type_generics #clause {})
        }
        Derive::Schema => {
            quote!(#[diagnostic::do_not_recommend] impl #impl_generics ::hedgerow::__private::Schema for #ident #type_generics #clause {})
        }
    };
    let assertions = assertions::emit(parsed);
    let check = assertions::check(input, parsed);
    let files = included(parsed);
    quote! {
        #[doc(hidden)]
        #[allow(private_interfaces, missing_docs, missing_debug_implementations, unreachable_pub, non_camel_case_types, non_snake_case, clippy::all)]
        const _: () = {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #impl_generics ::hedgerow::__private::Item for #ident #type_generics #clause {
                const NOTATION: &'static str = #notation;
                const NAMES: &'static [u64] = &[#(#names),*];
            }
            #kind
            #files
            #check
            #assertions
        };
    }
}

/// That rustc and cargo read the item again when a file that it names changes.
pub(crate) fn included(parsed: &Parsed) -> TokenStream {
    let files = parsed.files.iter().filter(|_| parsed.item.is_some());
    files
        .map(|path| {
            quote!(
                const _: &[u8] = ::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #path));
            )
        })
        .collect()
}

/// What predicates in the string form may name of an item.
fn names(item: &Item) -> Vec<u64> {
    let (relation, columns) = match item {
        Item::Table(table) => (&table.relation, &table.columns),
        Item::View(view) => (&view.relation, &view.columns),
        _ => return Vec::new(),
    };
    let relation = format!("{}.{}", relation.schema, relation.name);
    let columns = columns.iter().map(|column| hash::of(&format!("{relation}\0{}", column.name)));
    std::iter::once(hash::of(&relation)).chain(columns).collect()
}

/// A struct of markers, one public field for each column: rustc finds similar names by itself.
fn markers(input: &DeriveInput, fields: &[FieldType], what: &str) -> (TokenStream, TokenStream, TokenStream) {
    let name = format_ident!("{}{}", input.ident, what, span = Span::call_site());
    let mut seen: Vec<&str> = Vec::new();
    let (mut types, mut values) = (TokenStream::new(), TokenStream::new());
    for field in fields {
        if seen.contains(&field.name.as_str()) {
            continue;
        }
        seen.push(&field.name);
        let Some(ident) = field_ident(&field.name, Span::call_site()) else { continue };
        let (kind, value) = marker(&field.kind, &field.rust, Span::call_site());
        types.extend(quote!(pub #ident: #kind,));
        values.extend(quote!(#ident: #value,));
    }
    (quote!(pub struct #name { #types }), quote!(#name), quote!(#name { #values }))
}

/// A field's identifier, raw where Rust needs it.
pub(crate) fn field_ident(name: &str, span: Span) -> Option<proc_macro2::Ident> {
    let mut ident = syn::parse_str::<proc_macro2::Ident>(name).or_else(|_| syn::parse_str(&format!("r#{name}"))).ok()?;
    ident.set_span(span);
    Some(ident)
}

/// Generics with every lifetime `'static`: markers are constants.
fn table(input: &DeriveInput, derive: Derive, parsed: &Parsed) -> TokenStream {
    let (impl_generics, type_generics, clause) = input.generics.split_for_impl();
    let ident = &input.ident;
    let fields: Vec<FieldType> = if input.generics.lifetimes().next().is_some() {
        parsed.fields.iter().map(without_lifetimes).collect()
    } else {
        parsed.fields.clone()
    };
    let (definition, name, value) = markers(input, &fields, "Columns");
    // A faulty item claims a tenant: its children then report nothing of their own.
    let has_tenant = match &parsed.item {
        Some(Item::Table(table)) => table.has_tenant(),
        Some(_) => false,
        None => derive == Derive::Policy,
    };
    quote! {
        #definition
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #impl_generics ::hedgerow::__private::Table for #ident #type_generics #clause {
            type Columns = #name;
            const COLUMNS: #name = #value;
            const HAS_TENANT: bool = #has_tenant;
        }
    }
}

/// An opaque type with a lifetime cannot stand in a constant: it is left to the build edge.
fn without_lifetimes(field: &FieldType) -> FieldType {
    let mut field = field.clone();
    if field.rust.to_string().contains('\'') {
        field.kind.base = policy_core::model::Base::User(None, String::new());
    }
    field
}

fn context(input: &DeriveInput, parsed: &Parsed) -> TokenStream {
    let (impl_generics, type_generics, clause) = input.generics.split_for_impl();
    let ident = &input.ident;
    let (definition, name, value) = markers(input, &parsed.fields, "Settings");
    quote! {
        #definition
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #impl_generics ::hedgerow::__private::Context for #ident #type_generics #clause {
            type Fields = #name;
            const FIELDS: #name = #value;
        }
    }
}
