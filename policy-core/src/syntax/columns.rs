//! The columns of a table: the struct's fields, and `columns(..)`.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Data, DeriveInput, Fields, Token, Type};

use super::entry::{self, Entry, Keys, Value};
use super::origins::Tokens;
use super::rust_type::{innermost, sql_type};
use super::{Cx, Derive, FieldType, Keep, default, sqlx, unraw};
use crate::check;
use crate::diag::{Part, codes, listed, nearest};
use crate::model::{BadName, Base, Column, Ident as Name, Relation, Sequence, SqlType};

const STYLES: &[&str] =
    &["lowercase", "UPPERCASE", "PascalCase", "camelCase", "snake_case", "SCREAMING_SNAKE_CASE", "kebab-case", "SCREAMING-KEBAB-CASE"];

/// Reads every column, those of the struct first.
pub(super) fn read(input: &DeriveInput, derive: Derive, keys: &Keys, cx: &mut Cx) -> Vec<Column> {
    let style = style(input, keys, cx);
    let mut columns: Vec<Column> = Vec::new();
    if let Data::Struct(data) = &input.data
        && let Fields::Named(fields) = &data.fields
    {
        for field in &fields.named {
            let Some(ident) = &field.ident else { continue };
            if let Some(column) = of_field(field, ident, derive, style.as_deref(), columns.len(), keys, cx) {
                add(&mut columns, column, Tokens::from(ident), cx);
            }
        }
    }
    if let Some(entry) = keys.get("columns")
        && let Some(list) = entry.list(cx)
    {
        for (ident, kind) in declared(list, entry, cx) {
            let name = (renamed(&unraw(&ident), style.as_deref()), Tokens::from(&ident));
            let way_out = format!("give `{ident}` a type that has one, such as `{ident}: i64`");
            let column = column(&ident, name, None, &kind, &way_out, cx);
            add(&mut columns, column, Tokens::from(&ident), cx);
        }
    }
    if columns.is_empty() && !cx.failed() {
        let help = match derive {
            Derive::View => "write a field for each column that the query yields",
            _ => "name the columns that the predicates read: `columns(tenant_id: Uuid, ..)`",
        };
        cx.at(codes::MISSING_KEY, &input.ident, format!("`{}` has no columns", input.ident)).help(help).keep(cx);
    }
    columns
}

fn style(input: &DeriveInput, keys: &Keys, cx: &mut Cx) -> Option<String> {
    let Some(entry) = keys.get("rename_all") else { return sqlx::rename_all(&input.attrs) };
    let (style, tokens) = entry.text(cx)?;
    if STYLES.contains(&style.as_str()) {
        return Some(style);
    }
    cx.at(codes::MALFORMED, tokens, format!("no such style `{style}`"))
        .maybe_help(nearest(&style, STYLES.iter().copied()).map(|near| format!("did you mean `{near}`?")))
        .help(format!("the styles are {}", listed(STYLES.iter().copied())))
        .keep(cx);
    None
}

fn add(columns: &mut Vec<Column>, column: Column, tokens: Tokens, cx: &mut Cx) {
    let taken = columns.iter().find(|other| other.field == column.field || other.name == column.name);
    if let Some(other) = taken {
        let message = if other.name == column.name {
            format!("the column `{}` is declared twice", column.name)
        } else {
            format!("`{}` is a field of the struct already", column.field)
        };
        cx.at(codes::COLUMN_TWICE, tokens, message).help("keep one of them").keep(cx);
        return;
    }
    cx.origins.part(Part::Column(columns.len()), tokens);
    columns.push(column);
}

fn of_field(
    field: &syn::Field,
    ident: &Ident,
    derive: Derive,
    style: Option<&str>,
    index: usize,
    of_item: &Keys,
    cx: &mut Cx,
) -> Option<Column> {
    let attribute = derive.attribute();
    let entries = super::attribute_entries(&field.attrs, attribute, cx);
    let known: &[&str] =
        if derive == Derive::View { &["column", "type", "skip"] } else { &["column", "type", "skip", "sequence", "default"] };
    let keys = Keys::sort(entries, known, &[], &format!("a field's `#[{attribute}(..)]`"), cx);
    if keys.flag("skip", cx) {
        return None;
    }
    let words = sqlx::field(&field.attrs, cx);
    if words.skip {
        return None;
    }
    let said = keys.get("column").and_then(|entry| entry.text(cx));
    let tokens = said.as_ref().map_or_else(|| Tokens::from(ident), |(_, tokens)| *tokens);
    let name = said.map(|(text, _)| text).or(words.rename).unwrap_or_else(|| renamed(&unraw(ident), style));
    let written = words.try_from.as_ref().unwrap_or(&field.ty);
    let known = match keys.get("type") {
        Some(entry) => Some(type_text(entry, cx).unwrap_or_else(unread)),
        None if words.json => SqlType::builtin("jsonb"),
        None => None,
    };
    if let (Some(entry), Some(said), false) = (keys.get("type"), &known, words.json) {
        held(entry, written, said, cx);
    }
    let way_out = format!("say which it is, `#[{attribute}(type = \"..\")]` on `{ident}`, or leave the field out, `#[{attribute}(skip)]`");
    let mut column = column(ident, (name, tokens), known, written, &way_out, cx);
    column.nullable |= sql_type(&field.ty).is_ok_and(|(_, null)| null);
    column.sequence = keys.get("sequence").and_then(|entry| sequence(entry, cx));
    column.default = keys.get("default").and_then(|entry| default::read(entry, index, of_item.get("context").is_some(), cx));
    Some(column)
}

/// Whether sqlx can read the column into the field: a mistake that shows when the first row is read.
fn held(entry: &Entry, written: &Type, said: &SqlType, cx: &mut Cx) {
    let Ok((own, _)) = sql_type(written) else { return };
    if *said == unread() {
        return;
    }
    let rust = innermost(written).to_token_stream().to_string();
    match check::holds(&own, said) {
        Some(true) => {}
        Some(false) => cx
            .at(codes::OTHER_RUST_TYPE, entry.tokens, format!("sqlx reads `{rust}` from {own}, and the column is {said}"))
            .note("a row with this field cannot be decoded")
            .help(format!("give the field a Rust type that sqlx maps to {said}, or cast the column where you select it"))
            .keep(cx),
        None => cx
            .at(codes::FOREIGN_TYPE, entry.tokens, format!("sqlx itself maps no Rust type to {said}"))
            .note("a crate may bring one: then its type says how it is decoded, and this is as it should be")
            .help("if nothing decodes it, cast the column where you select it, such as `column::text`")
            .keep(cx),
    }
}

fn type_text(entry: &Entry, cx: &mut Cx) -> Option<SqlType> {
    let (text, tokens) = entry.text(cx)?;
    SqlType::parse(&text)
        .map_err(|why| {
            cx.at(codes::BAD_TYPE_TEXT, tokens, format!("not an SQL type: {why}"))
                .help("write a type of PostgreSQL, such as `uuid`, `bigint[]`, `numeric(10,2)` or `\"Status\"`")
                .keep(cx);
        })
        .ok()
}

fn sequence(entry: &Entry, cx: &mut Cx) -> Option<Sequence> {
    if let Value::Flag = entry.value {
        return Some(Sequence::Default);
    }
    let (text, tokens) = entry.text(cx)?;
    relation(&text, tokens, cx).map(Sequence::Named)
}

/// `name` or `schema.name` in quotes.
pub(super) fn relation(text: &str, tokens: Tokens, cx: &mut Cx) -> Option<Relation> {
    Relation::parse(text)
        .map_err(|why| {
            let help = match why {
                BadName::TooLong(_) | BadName::Nul => bad_name(why),
                _ => "write `name` or `schema.name`, as it is stored, without quotes inside",
            };
            cx.at(codes::BAD_NAME, tokens, why.to_string()).help(help).keep(cx);
        })
        .ok()
}

/// A name in quotes.
pub(super) fn name(text: &str, tokens: Tokens, cx: &mut Cx) -> Option<Name> {
    Name::new(text).map_err(|why| cx.at(codes::BAD_NAME, tokens, why.to_string()).help(bad_name(why)).keep(cx)).ok()
}

fn bad_name(why: BadName) -> &'static str {
    match why {
        BadName::TooLong(_) => "choose a shorter one: PostgreSQL would cut it without a word",
        BadName::Nul => "write it without the NUL byte",
        _ => "write the name as it is stored",
    }
}

/// A column; one with a fault is kept as well as can be, so that what names it does not fail too.
fn column(ident: &Ident, (name, tokens): (String, Tokens), known: Option<SqlType>, written: &Type, way_out: &str, cx: &mut Cx) -> Column {
    let name = self::name(&name, tokens, cx).unwrap_or_else(|| Name::cut(&name));
    let (kind, nullable) = match (known, sql_type(written)) {
        (Some(known), Ok((_, nullable))) => (known, nullable),
        (Some(known), Err(_)) => (known, false),
        (None, Ok(found)) => found,
        (None, Err(why)) => {
            cx.at(codes::UNKNOWN_TYPE, written, why).help(way_out).keep(cx);
            (unread(), false)
        }
    };
    let field = unraw(ident);
    cx.fields.push(FieldType { name: field.clone(), kind: kind.clone(), rust: innermost(written).to_token_stream() });
    Column { field, name, kind, nullable, sequence: None, default: None }
}

/// What stands for a type that was refused: it compares with everything, so that the fault is not said twice.
pub(super) fn unread() -> SqlType {
    SqlType { base: Base::User(None, String::new()), modifier: Vec::new(), array: false }
}

/// One `name: Type`.
struct Declared {
    ident: Ident,
    kind: Type,
}

impl Parse for Declared {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ident = input.call(<Ident as syn::ext::IdentExt>::parse_any)?;
        input.parse::<Token![:]>()?;
        Ok(Declared { ident, kind: input.parse()? })
    }
}

struct AllDeclared(Punctuated<Declared, Token![,]>);

impl Parse for AllDeclared {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Punctuated::parse_terminated(input).map(AllDeclared)
    }
}

/// The deepest type: reading one is a recursion.
const DEEPEST: usize = 60;

/// Whether more brackets than that are open at once, pointed ones included.
fn is_too_deep(list: TokenStream, above: usize) -> bool {
    let mut open = above;
    let mut before = ' ';
    for tree in list {
        let inside = if let TokenTree::Group(group) = &tree { Some(group.stream()) } else { None };
        let here = if let TokenTree::Punct(punct) = &tree { punct.as_char() } else { ' ' };
        match here {
            '<' => open += 1,
            '>' if before != '-' => open = open.saturating_sub(1),
            _ => {}
        }
        before = here;
        if open > DEEPEST || inside.is_some_and(|inside| is_too_deep(inside, open + 1)) {
            return true;
        }
    }
    false
}

fn declared(list: TokenStream, entry: &Entry, cx: &mut Cx) -> Vec<(Ident, Type)> {
    if is_too_deep(list.clone(), 0) {
        cx.at(codes::UNKNOWN_TYPE, entry.tokens, "a type nested too deep").help("declare columns as PostgreSQL knows them").keep(cx);
        return Vec::new();
    }
    match syn::parse2::<AllDeclared>(list) {
        Ok(all) => all.0.into_iter().map(|one| (one.ident, one.kind)).collect(),
        Err(_) => {
            entry.malformed("columns(name: Type, ..)", cx);
            Vec::new()
        }
    }
}

/// `(a, b)` after a command: fields to columns.
pub(super) fn listed_columns(list: TokenStream, columns: &[Column], cx: &mut Cx) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    for chunk in entry::chunks(list) {
        let tokens = Tokens::of(chunk.iter().cloned().collect());
        let [TokenTree::Ident(ident)] = chunk.as_slice() else {
            cx.at(codes::MALFORMED, tokens, "not a column").help("list fields, separated by commas: `select(id, title)`").keep(cx);
            continue;
        };
        let written = unraw(ident);
        match columns.iter().find(|column| column.field == written) {
            Some(column) if found.contains(&column.name) => {
                cx.at(codes::TWICE_IN_LIST, tokens, format!("`{written}` is listed twice")).help("remove one").keep(cx);
            }
            Some(column) => found.push(column.name.clone()),
            None => {
                let known = || columns.iter().map(|column| column.field.as_str());
                let other = columns.iter().find(|column| column.name.as_str() == written);
                cx.at(codes::UNKNOWN_COLUMN, tokens, format!("no column `{written}`"))
                    .maybe_help(other.map(|other| format!("write `{}`: tokens use Rust names", other.field)))
                    .maybe_help(nearest(&written, known()).map(|near| format!("did you mean `{near}`?")))
                    .help(format!("the columns are {}", listed(known())))
                    .keep(cx);
            }
        }
    }
    found
}

/// A field's name in one of serde's styles.
fn renamed(field: &str, style: Option<&str>) -> String {
    let words = || field.split('_').filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    };
    match style {
        Some("lowercase") => field.to_lowercase(),
        Some("UPPERCASE" | "SCREAMING_SNAKE_CASE") => field.to_uppercase(),
        Some("PascalCase") => words().map(capital).collect(),
        Some("camelCase") => words().enumerate().map(|(i, word)| if i == 0 { word.to_owned() } else { capital(word) }).collect(),
        Some("kebab-case") => words().collect::<Vec<_>>().join("-"),
        Some("SCREAMING-KEBAB-CASE") => words().collect::<Vec<_>>().join("-").to_uppercase(),
        _ => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::renamed;

    #[test]
    fn styles_as_sqlx_writes_them() {
        for (style, name) in [
            ("lowercase", "tenant_code"),
            ("UPPERCASE", "TENANT_CODE"),
            ("PascalCase", "TenantCode"),
            ("camelCase", "tenantCode"),
            ("snake_case", "tenant_code"),
            ("SCREAMING_SNAKE_CASE", "TENANT_CODE"),
            ("kebab-case", "tenant-code"),
            ("SCREAMING-KEBAB-CASE", "TENANT-CODE"),
        ] {
            assert_eq!(renamed("tenant_code", Some(style)), name);
        }
    }
}
