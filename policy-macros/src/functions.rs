//! `#[functions]`: a trait to a unit struct of its name, with one marker for each function.

use policy_core::meta::hash;
use policy_core::model::{Base, Item, Notate, Returns};
use policy_core::syntax::{self, FieldType, Files, FunctionsTrait, Known, MethodTypes, Parsed};
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};

use crate::expand::{field_ident, included};
use crate::markers::{marker, unchecked};
use crate::{assertions, report};

pub(crate) fn expand(arguments: TokenStream, input: TokenStream, files: &Files, known: &Known) -> TokenStream {
    let item = match syn::parse2::<FunctionsTrait>(input.clone()) {
        Ok(item) => item,
        Err(error) => {
            let error = syn::Error::new(error.span(), syntax::not_a_trait().text()).to_compile_error();
            return quote!(#error #input);
        }
    };
    let parsed = syntax::parse_functions(arguments, &item, files, known);
    let errors = report::errors(&parsed.faults, &parsed.origins);
    let expanded = of_trait(&item, &parsed);
    quote!(#errors #expanded)
}

/// A faulty trait gets an empty literal: it renders nothing and `load` refuses it.
fn of_trait(input: &FunctionsTrait, parsed: &Parsed) -> TokenStream {
    let (ident, visibility) = (&input.ident, &input.visibility);
    let attributes = input.attributes.iter().filter(|attribute| !FunctionsTrait::is_ours(attribute));
    let notation = parsed.item.as_ref().map(|item| item.note().compact()).unwrap_or_default();
    let names = parsed.item.as_ref().map(names).unwrap_or_default();
    let name = format_ident!("{}Functions", ident, span = Span::call_site());
    let (mut types, mut values) = (TokenStream::new(), TokenStream::new());
    for method in &parsed.methods {
        let Some(field) = field_ident(&method.name, Span::call_site()) else { continue };
        let (kind, value) = function(method);
        types.extend(quote!(pub #field: #kind,));
        values.extend(quote!(#field: #value,));
    }
    let (assertions, files, named) = (assertions::emit(parsed), included(parsed), named(parsed));
    quote! {
        #(#attributes)*
        #[allow(dead_code)]
        #[derive(Clone, Copy, Debug)]
        #visibility struct #ident;
        #[doc(hidden)]
        #[allow(dead_code, private_interfaces, missing_docs, missing_debug_implementations, unreachable_pub, non_camel_case_types, non_snake_case, clippy::all)]
        const _: () = {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl ::hedgerow::__private::Item for #ident {
                const NOTATION: &'static str = #notation;
                const NAMES: &'static [u64] = &[#(#names),*];
            }
            pub struct #name { #types }
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl ::hedgerow::__private::Functions for #ident {
                type Functions = #name;
                const FUNCTIONS: #name = #name { #values };
            }
            #[automatically_derived]
            impl<__Set: ::hedgerow::__private::Set> ::hedgerow::__private::Check<__Set> for #ident {}
            #files
            #named
            #assertions
        };
    }
}

/// The Rust types of the signatures, as the trait would name them: one that is out of scope is rustc's to report, and one
/// that is in scope is used. Markers name only those that the macro cannot see through.
fn named(parsed: &Parsed) -> TokenStream {
    let returned = |method: &MethodTypes| match &method.returns {
        Some((Returns::One(kind) | Returns::Set(kind), rust)) => Some((kind.clone(), rust.clone())),
        _ => None,
    };
    let arguments = parsed.methods.iter().flat_map(|method| &method.args).map(|field| (field.kind.clone(), field.rust.clone()));
    let types = arguments.chain(parsed.methods.iter().filter_map(returned));
    let types = types.filter(|(kind, rust)| !matches!(kind.base, Base::Opaque(_)) && !rust.is_empty()).map(|(_, rust)| rust);
    quote!(fn __types(_: (#(::core::marker::PhantomData<#types>,)*)) {})
}

/// The marker of a function: its type and its value.
fn function(method: &MethodTypes) -> (TokenStream, TokenStream) {
    let routine = quote!(::hedgerow::__private::routine);
    let args = method.args.iter().map(|FieldType { kind, rust, .. }| marker(kind, rust, Span::call_site()).0);
    let unit = |name: &str| {
        let name = format_ident!("{}", name);
        (quote!(#routine::#name), quote!(#routine::#name))
    };
    let (kind, value) = match &method.returns {
        Some((Returns::One(kind), rust)) => marker(kind, rust, Span::call_site()),
        Some((Returns::Set(_), _)) => unit("Rows"),
        Some((Returns::Trigger, _)) => unit("Trigger"),
        Some((Returns::Void, _)) => unit("Nothing"),
        None => unchecked(Span::call_site()),
    };
    (quote!(#routine::Function<(#(#args,)*), #kind>), quote!(#routine::Function { takes: ::core::marker::PhantomData, returns: #value }))
}

/// What predicates in the string form may call: by schema, name and number of arguments.
fn names(item: &Item) -> Vec<u64> {
    let Item::Functions(functions) = item else { return Vec::new() };
    functions.functions.iter().map(|function| hash::of(&call_name(&functions.path(function), function.args.len()))).collect()
}

/// How a call is known to a set.
pub(crate) fn call_name(name: &policy_core::model::Relation, arguments: usize) -> String {
    format!("{}.{}\0({arguments})", name.schema, name.name)
}
