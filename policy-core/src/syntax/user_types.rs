//! `types: ["status" = enum("draft", "signed"), "app.email" = domain("text"), "point3" = composite]` of a set.
//!
//! In: the value of the key. Out: the types that it declares, sorted by schema and name. Must not know who uses them.

use proc_macro2::{Delimiter, Group, Ident, Literal, TokenStream, TokenTree};
use syn::LitStr;

use super::columns::name;
use super::entry::chunks;
use super::origins::Tokens;
use super::{Cx, Keep};
use crate::diag::{codes, listed, nearest};
use crate::model::{Base, Definition, SqlType, UserType};

const WORDS: &[&str] = &["enum", "domain", "composite"];
const FORMS: &str = "write `\"status\" = enum(\"draft\", \"signed\")`, `\"email\" = domain(\"text\")` or `\"address\" = composite`";

/// Reads the list.
pub(super) fn read(key: &Ident, value: TokenStream, cx: &mut Cx) -> Vec<UserType> {
    let mut trees = value.into_iter();
    let list = match (trees.next(), trees.next()) {
        (Some(TokenTree::Group(list)), None) if list.delimiter() == Delimiter::Bracket => list,
        _ => {
            cx.at(codes::MALFORMED, key, "`types` is a list")
                .help("write `types: [\"status\" = enum(\"draft\", \"signed\"), ..]`")
                .keep(cx);
            return Vec::new();
        }
    };
    let mut found: Vec<UserType> = Vec::new();
    for chunk in chunks(list.stream()) {
        let tokens = Tokens::of(chunk.iter().cloned().collect());
        let Some(one) = entry(&chunk, tokens, cx) else { continue };
        if found.iter().any(|other| other.schema == one.schema && other.name == one.name) {
            cx.at(codes::TWICE_IN_LIST, tokens, format!("the type `{}` is listed twice", one.name)).help("remove one of them").keep(cx);
        } else {
            found.push(one);
        }
    }
    found.sort_by(|a, b| (&a.schema, &a.name).cmp(&(&b.schema, &b.name)));
    found
}

/// `"name" = form`.
fn entry(chunk: &[TokenTree], tokens: Tokens, cx: &mut Cx) -> Option<UserType> {
    let (written, word, list) = match chunk {
        [TokenTree::Literal(written), TokenTree::Punct(sign), TokenTree::Ident(word), rest @ ..] if sign.as_char() == '=' => match rest {
            [] => (written, word, None),
            [TokenTree::Group(list)] if list.delimiter() == Delimiter::Parenthesis => (written, word, Some(list)),
            _ => return malformed(tokens, cx),
        },
        _ => return malformed(tokens, cx),
    };
    let Some(written) = literal(written) else { return malformed(tokens, cx) };
    let called = called(&written, cx);
    let definition = definition(word, list, tokens, cx);
    let (schema, name) = called?;
    Some(UserType { schema, name, definition: definition? })
}

fn malformed<T>(tokens: Tokens, cx: &mut Cx) -> Option<T> {
    cx.at(codes::MALFORMED, tokens, "not a type of the database").help(FORMS).keep(cx);
    None
}

fn literal(written: &Literal) -> Option<LitStr> {
    syn::parse2(TokenTree::Literal(written.clone()).into()).ok()
}

/// The name, as `type = ".."` on a column would say it.
fn called(written: &LitStr, cx: &mut Cx) -> Option<(Option<String>, String)> {
    let kind = sql_type(written, cx)?;
    match kind.base {
        Base::User(schema, name) if !kind.array && kind.modifier.is_empty() => Some((schema, name)),
        Base::Builtin(_) => {
            cx.at(codes::BAD_SET_VALUE, written, format!("`{}` is a type of PostgreSQL", written.value()))
                .note("what PostgreSQL brings along is known")
                .help(format!("for a type of that name in a schema of its own write the schema: `\"app.{}\"`", written.value()))
                .keep(cx);
            None
        }
        _ => {
            cx.at(codes::BAD_SET_VALUE, written, format!("`{}` is not the name of a type alone", written.value()))
                .help("name the type without modifier and without `[]`")
                .keep(cx);
            None
        }
    }
}

fn sql_type(written: &LitStr, cx: &mut Cx) -> Option<SqlType> {
    let read = SqlType::parse(&written.value());
    read.map_err(|why| {
        cx.at(codes::BAD_TYPE_TEXT, written, format!("not an SQL type: {why}"))
            .help("write a type as in a cast: `status`, `app.status`, `\\\"Status\\\"`")
            .keep(cx);
    })
    .ok()
}

/// `enum("label", ..)`, `domain("base")`, `composite`.
fn definition(word: &Ident, list: Option<&Group>, tokens: Tokens, cx: &mut Cx) -> Option<Definition> {
    match (word.to_string().as_str(), list) {
        ("composite", None) => Some(Definition::Composite),
        ("enum", Some(list)) => labels(list, cx).map(Definition::Enum),
        ("domain", Some(list)) => match texts(list.stream()).as_deref() {
            Some([base]) => sql_type(base, cx).map(Definition::Domain),
            _ => {
                cx.at(codes::MALFORMED, list, "a domain is over one type").help("write `domain(\"text\")`").keep(cx);
                None
            }
        },
        (known, _) if WORDS.contains(&known) => malformed(tokens, cx),
        (other, _) => {
            cx.at(codes::MALFORMED, word, format!("`{other}` is no kind of type"))
                .maybe_help(nearest(other, WORDS.iter().copied()).map(|near| format!("did you mean `{near}`?")))
                .help(format!("the kinds are {}", listed(WORDS.iter().copied())))
                .keep(cx);
            None
        }
    }
}

/// Texts, separated by commas.
fn texts(list: TokenStream) -> Option<Vec<LitStr>> {
    let text = |chunk: Vec<TokenTree>| syn::parse2::<LitStr>(chunk.into_iter().collect()).ok();
    chunks(list).into_iter().map(text).collect()
}

fn labels(list: &Group, cx: &mut Cx) -> Option<Vec<String>> {
    let Some(written) = texts(list.stream()).filter(|all| !all.is_empty()) else {
        cx.at(codes::MALFORMED, list, "the labels of an enum are a list of texts").help("write `enum(\"draft\", \"signed\")`").keep(cx);
        return None;
    };
    let mut found: Option<Vec<String>> = Some(Vec::new());
    for one in &written {
        let label = one.value();
        if found.as_ref().is_some_and(|all| all.contains(&label)) {
            cx.at(codes::TWICE_IN_LIST, one, format!("the label `{label}` is listed twice")).help("remove one of them").keep(cx);
            continue;
        }
        // A label is stored as a name is.
        let kept = name(&label, Tokens::from(one), cx).is_some();
        found = found.filter(|_| kept).map(|all| all.into_iter().chain([label]).collect());
    }
    found
}
