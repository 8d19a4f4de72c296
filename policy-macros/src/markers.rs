//! SQL types to the markers that rustc compares.

use policy_core::meta::sql::MARKERS;
use policy_core::model::{Base, SqlType};
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote_spanned};

/// The marker of a type, and its value: `(type, value)`.
pub(crate) fn marker(kind: &SqlType, rust: &TokenStream, span: Span) -> (TokenStream, TokenStream) {
    let (element, value) = match &kind.base {
        Base::Builtin(name) => match MARKERS.iter().find(|(_, sql)| sql == name) {
            Some((marker, _)) => {
                let marker = format_ident!("{}", marker, span = span);
                let path = quote_spanned!(span=> ::hedgerow::__private::sql::#marker);
                (path.clone(), path)
            }
            None => unchecked(span),
        },
        Base::User(..) => unchecked(span),
        Base::Opaque(_) => (
            quote_spanned!(span=> ::hedgerow::__private::sql::Opaque<#rust>),
            quote_spanned!(span=> ::hedgerow::__private::sql::Opaque(::core::marker::PhantomData)),
        ),
    };
    if !kind.array {
        return (element, value);
    }
    (
        quote_spanned!(span=> ::hedgerow::__private::sql::Array<#element>),
        quote_spanned!(span=> ::hedgerow::__private::sql::Array(::core::marker::PhantomData)),
    )
}

/// The marker of what rustc cannot judge.
pub(crate) fn unchecked(span: Span) -> (TokenStream, TokenStream) {
    let path = quote_spanned!(span=> ::hedgerow::__private::sql::Unchecked);
    (path.clone(), path)
}
