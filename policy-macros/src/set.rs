//! `policy_set!`: a static with the literals of its items, and the checks that need the whole set.

use policy_core::model::{Notate, Types, write_types};
use policy_core::syntax::{Known, ParsedSet};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::report;

/// The static, or only the errors.
pub(crate) fn expand(parsed: &ParsedSet, known: &Known) -> TokenStream {
    let errors = report::errors(&parsed.faults, &parsed.origins);
    let (Some(set), Some(ident)) = (&parsed.set, &parsed.ident) else {
        // What refers to the set must find it: an empty one, that `load` refuses.
        let (head, ident) = (&parsed.head, &parsed.ident);
        let stub = ident.as_ref().map(|ident| {
            quote!(#head static #ident: ::hedgerow::PolicySet = ::hedgerow::PolicySet { set: "", items: &[], types: ::core::option::Option::None };)
        });
        return quote!(#errors #stub);
    };
    let (head, notation, paths) = (&parsed.head, set.note().compact(), &parsed.paths);
    let types = known.set(&parsed.name, &parsed.entries).map(|known| &known.types).filter(|types| **types != Types::default());
    let types =
        types.map(write_types).map_or_else(|| quote!(::core::option::Option::None), |text| quote!(::core::option::Option::Some(#text)));
    let items = paths.iter().map(|path| quote_spanned!(path.span()=> <#path as ::hedgerow::__private::Item>::NOTATION));
    let checks = paths.iter().map(|path| quote_spanned!(path.span()=> const _: () = <#path as ::hedgerow::__private::Check<__Set>>::OK;));
    let owner = parsed.owner.iter().map(|path| quote_spanned!(path.span()=> const _: () = <#path as ::hedgerow::__private::Role>::IS;));
    quote! {
        #errors
        #(#owner)*
        #head static #ident: ::hedgerow::PolicySet = ::hedgerow::PolicySet {
            set: #notation,
            items: &[#(#items),*],
            // What the sources say of Rust types, where a build script has read them.
            types: #types,
        };
        #[doc(hidden)]
        const _: () = {
            struct __Set;
            const __NAMES: &[&[u64]] = &[#(<#paths as ::hedgerow::__private::Item>::NAMES),*];
            const __COUNT: usize = ::hedgerow::__private::hash::count(__NAMES);
            impl ::hedgerow::__private::Set for __Set {
                const NAMES: &'static [u64] = &::hedgerow::__private::hash::sorted::<__COUNT>(__NAMES);
            }
            #(#checks)*
        };
    }
}
