//! A trait as `#[functions]` finds it: signatures, read without syn's grammar of whole files, which takes rustc longer
//! than all the rest.
//!
//! In: tokens. Out: the trait, its methods, and a fault for each that is no signature. Must not know what keys say.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Generics, ReturnType, Token, Type, Visibility};

use super::origins::Tokens;
use super::{Cx, Keep};
use crate::diag::codes;

/// A trait with `#[functions(..)]`.
pub struct FunctionsTrait {
    /// Its attributes, `#[functions]` included where the tokens still had it.
    pub attributes: Vec<Attribute>,
    /// Its visibility.
    pub visibility: Visibility,
    /// Its name.
    pub ident: Ident,
    generics: Generics,
    /// What stands between its name and its braces.
    bounds: TokenStream,
    body: TokenStream,
}

impl std::fmt::Debug for FunctionsTrait {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FunctionsTrait").field("ident", &self.ident).finish_non_exhaustive()
    }
}

/// One method.
pub(super) struct Signature {
    pub(super) attributes: Vec<Attribute>,
    pub(super) ident: Ident,
    pub(super) arguments: Vec<(Ident, Type)>,
    pub(super) returns: Option<Type>,
}

impl Parse for FunctionsTrait {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        input.parse::<Token![trait]>()?;
        let ident = input.parse()?;
        let generics = input.parse()?;
        let mut bounds = TokenStream::new();
        loop {
            match input.parse::<TokenTree>()? {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    return Ok(FunctionsTrait { attributes, visibility, ident, generics, bounds, body: group.stream() });
                }
                other => bounds.extend([other]),
            }
        }
    }
}

impl FunctionsTrait {
    /// Whether an attribute is `#[functions]`.
    #[must_use]
    pub fn is_ours(attribute: &Attribute) -> bool {
        let segments = &attribute.path().segments;
        let last = segments.last().is_some_and(|last| last.ident == "functions");
        last && (segments.len() == 1 || segments.first().is_some_and(|first| first.ident == "hedgerow"))
    }

    /// Its methods with their attributes.
    #[must_use]
    pub fn methods(&self) -> Vec<(Ident, Vec<Attribute>)> {
        let read = self.chunks().into_iter().filter_map(|chunk| syn::parse2::<Signature>(chunk).ok());
        read.map(|one| (one.ident, one.attributes)).collect()
    }

    /// Its methods; what is none is a fault.
    pub(super) fn signatures(&self, cx: &mut Cx) -> Vec<Signature> {
        if !self.generics.params.is_empty() {
            cx.at(codes::GENERIC_ITEM, &self.ident, format!("`{}` has parameters", self.ident))
                .note("an item stands for one thing in the database")
                .help("write one trait for each")
                .keep(cx);
        }
        if !self.bounds.is_empty() {
            cx.at(codes::NOT_A_SIGNATURE, Tokens::of(self.bounds.clone()), format!("`{}` has bounds", self.ident))
                .help("a trait of functions stands by itself: remove them")
                .keep(cx);
        }
        let mut found = Vec::new();
        for chunk in self.chunks() {
            match syn::parse2::<Signature>(chunk) {
                Ok(signature) => found.push(signature),
                Err(error) => {
                    let at = Tokens { first: error.span(), last: error.span() };
                    cx.at(codes::NOT_A_SIGNATURE, at, error.to_string())
                        .help("a function is written `fn name(argument: Type) -> Type;`")
                        .keep(cx);
                }
            }
        }
        found
    }

    /// The tokens of each member, without the `;` that ends it.
    fn chunks(&self) -> Vec<TokenStream> {
        let (mut all, mut chunk): (Vec<TokenStream>, TokenStream) = (Vec::new(), TokenStream::new());
        for tree in self.body.clone() {
            let ends = match &tree {
                TokenTree::Punct(punct) => punct.as_char() == ';',
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                _ => false,
            };
            if !matches!(tree, TokenTree::Punct(_)) || !ends {
                chunk.extend([tree]);
            }
            if ends && !chunk.is_empty() {
                all.push(std::mem::take(&mut chunk));
            }
        }
        all.extend((!chunk.is_empty()).then_some(chunk));
        all
    }
}

impl Parse for Signature {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        if let Some(condition) = attributes.iter().find(|one| one.path().is_ident("cfg") || one.path().is_ident("cfg_attr")) {
            return Err(syn::Error::new_spanned(condition, "a function under a condition: the database has one state for all builds"));
        }
        if !input.peek(Token![fn]) {
            return Err(input.error("a trait of functions holds functions alone"));
        }
        input.parse::<Token![fn]>()?;
        let ident = input.call(Ident::parse_any)?;
        let generics: Generics = input.parse()?;
        if !generics.params.is_empty() {
            return Err(syn::Error::new_spanned(
                generics,
                format!("`{ident}` has parameters: a function of the database has one signature"),
            ));
        }
        let inside;
        syn::parenthesized!(inside in input);
        let mut arguments = Vec::new();
        while !inside.is_empty() {
            arguments.push(argument(&inside, &ident)?);
            if !inside.is_empty() {
                inside.parse::<Token![,]>()?;
            }
        }
        let returns = match input.parse::<ReturnType>()? {
            ReturnType::Type(_, kind) => Some(*kind),
            ReturnType::Default => None,
        };
        if !input.is_empty() {
            let message = format!("`{ident}` has more than a signature: its body is `body = \"..\"` or `body_file = \"..\"`");
            return Err(syn::Error::new(input.span(), message));
        }
        Ok(Signature { attributes, ident, arguments, returns })
    }
}

fn argument(input: ParseStream<'_>, function: &Ident) -> syn::Result<(Ident, Type)> {
    if let [first, ..] = input.call(Attribute::parse_outer)?.as_slice() {
        return Err(syn::Error::new_spanned(first, "an argument takes no attribute"));
    }
    let receiver = input.peek(Token![self]) || input.peek(Token![&]) || (input.peek(Token![mut]) && input.peek2(Token![self]));
    if receiver {
        let message = format!("`{function}` takes `self`, which a function of the database does not have");
        return Err(input.error(message));
    }
    if !input.peek(syn::Ident::peek_any) || input.peek(Token![_]) || input.peek(Token![mut]) {
        return Err(input.error("an argument is written `name: Type`"));
    }
    let ident = input.call(Ident::parse_any)?;
    input.parse::<Token![:]>()?;
    Ok((ident, input.parse()?))
}
