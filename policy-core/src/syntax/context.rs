//! `#[derive(Context)]`: what a request knows about its caller.

use quote::ToTokens;
use syn::{Data, DeriveInput, Fields};

use super::columns::unread;
use super::entry::{Entry, Keys};
use super::origins::Tokens;
use super::rust_type::{innermost, sql_type};
use super::table::allows;
use super::{Cx, Expected, FieldType, Keep, unraw};
use crate::diag::{Part, codes, listed, nearest};
use crate::model::{Context, ContextSource as Source, Field, Routine};

/// Where the presets keep the claims of the request's token.
///
/// Source: PostgREST documentation, "Transaction-Scoped Settings"; Supabase's `auth.jwt()` and Neon's Data API read the same setting.
const PRESETS: &[(&str, &str)] = &[("postgrest", "request.jwt.claims"), ("supabase", "request.jwt.claims"), ("neon", "request.jwt.claims")];

/// Where the fields of a context live.
enum Home {
    Prefix(String),
    Claims(&'static str),
}

pub(super) fn read(input: &DeriveInput, written: Vec<Entry>, cx: &mut Cx) -> Option<Context> {
    let any = input.attrs.iter().any(|attribute| attribute.path().is_ident("context"));
    let keys = Keys::sort(written, &["prefix", "preset"], &["allow"], "`#[context(..)]`", cx);
    let home = if any { home(&keys, input, cx) } else { None };
    let allows = allows(&keys, cx);
    let mut found: Vec<Field> = Vec::new();
    if let Data::Struct(data) = &input.data
        && let Fields::Named(named) = &data.fields
    {
        for field in &named.named {
            let Some(ident) = &field.ident else { continue };
            if let Some(field) = self::field(field, ident, home.as_ref(), cx) {
                cx.origins.part(Part::Column(found.len()), Tokens::from(ident));
                found.push(field);
            }
        }
        if named.named.is_empty() {
            cx.at(codes::MISSING_KEY, &input.ident, format!("`{}` has no fields", input.ident))
                .help("a field is what is known of the caller: `tenant_id: Uuid`")
                .keep(cx);
        }
    }
    home?;
    Some(Context { item: unraw(&input.ident), fields: found, allows })
}

fn home(keys: &Keys, input: &DeriveInput, cx: &mut Cx) -> Option<Home> {
    match (keys.get("prefix"), keys.get("preset")) {
        (Some(prefix), None) => {
            let (text, tokens) = prefix.text(cx)?;
            cx.origins.part(Part::Name, tokens);
            Some(Home::Prefix(text))
        }
        (None, Some(preset)) => {
            let (text, tokens) = preset.text(cx)?;
            cx.origins.part(Part::Name, tokens);
            let found = PRESETS.iter().find(|(name, _)| *name == text).map(|(_, setting)| Home::Claims(setting));
            if found.is_none() {
                let known = || PRESETS.iter().map(|(name, _)| *name);
                cx.at(codes::CONTEXT_SOURCE, tokens, format!("no such preset `{text}`"))
                    .maybe_help(nearest(&text, known()).map(|near| format!("did you mean `{near}`?")))
                    .help(format!("the presets are {}", listed(known())))
                    .keep(cx);
            }
            found
        }
        (Some(_), Some(preset)) => {
            cx.at(codes::CONTEXT_SOURCE, &preset.key, "`preset` beside `prefix`")
                .help("keep one: settings of our own, or the claims of a preset")
                .keep(cx);
            None
        }
        (None, None) if !keys.lacks("prefix") || !keys.lacks("preset") => None,
        (None, None) => {
            cx.at(codes::CONTEXT_SOURCE, &input.ident, format!("`{}` does not say where its values are", input.ident))
                .help("write `prefix = \"app\"` for settings of our own, or `preset = \"postgrest\"` for claims")
                .keep(cx);
            None
        }
    }
}

fn field(field: &syn::Field, ident: &proc_macro2::Ident, home: Option<&Home>, cx: &mut Cx) -> Option<Field> {
    let entries = super::attribute_entries(&field.attrs, "context", cx);
    let keys = Keys::sort(entries, &["name", "claim", "read"], &[], "a field's `#[context(..)]`", cx);
    let name = unraw(ident);
    let written = source(&name, &keys, home, cx);
    let source = match keys.get("read") {
        Some(entry) => entry
            .member(Expected::Functions, cx)
            .zip(written)
            .map(|((item, method), written)| Source::Routine(Routine::Method(item, method), Box::new(written))),
        None => written,
    };
    match sql_type(&field.ty) {
        Ok((kind, nullable)) => {
            cx.fields.push(FieldType { name: name.clone(), kind: kind.clone(), rust: innermost(&field.ty).to_token_stream() });
            Some(Field { name, source: source?, kind, nullable })
        }
        Err(why) => {
            cx.at(codes::UNKNOWN_TYPE, &field.ty, why)
                .help("a setting holds a Uuid, an integer, a bool, a String, a date, or a Vec of them")
                .keep(cx);
            cx.fields.push(FieldType { name, kind: unread(), rust: innermost(&field.ty).to_token_stream() });
            None
        }
    }
}

fn source(field: &str, keys: &Keys, home: Option<&Home>, cx: &mut Cx) -> Option<Source> {
    if let (Some(_), Some(claim)) = (keys.get("name"), keys.get("claim")) {
        cx.at(codes::CONTEXT_SOURCE, &claim.key, "`claim` beside `name`").help("keep one of them").keep(cx);
        return None;
    }
    if let Some(entry) = keys.get("name") {
        return entry.text(cx).map(|(setting, _)| Source::Setting(setting));
    }
    match (keys.get("claim"), home?) {
        (Some(entry), Home::Claims(setting)) => {
            let (text, tokens) = entry.text(cx)?;
            let path: Vec<String> = text.split('.').map(str::to_owned).collect();
            if path.iter().any(|part| part.is_empty() || part.contains('\0')) {
                cx.at(codes::MALFORMED, tokens, "not the path of a claim")
                    .help("write `claim = \"sub\"` or `claim = \"app_metadata.org_id\"`")
                    .keep(cx);
                return None;
            }
            Some(Source::Claim((*setting).to_owned(), path))
        }
        (Some(entry), Home::Prefix(_)) => {
            cx.at(codes::NOT_ALLOWED_HERE, &entry.key, "a claim in a context of settings")
                .help("claims come with `preset = \"postgrest\"`; a setting is `name = \"..\"`")
                .keep(cx);
            None
        }
        (None, Home::Claims(setting)) => Some(Source::Claim((*setting).to_owned(), vec![field.to_owned()])),
        (None, Home::Prefix(prefix)) => Some(Source::Setting(format!("{prefix}.{field}"))),
    }
}
