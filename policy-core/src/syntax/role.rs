//! `#[derive(Role)]`: a role.

use proc_macro2::{TokenStream, TokenTree};
use syn::DeriveInput;

use super::columns::name;
use super::entry::{Entry, Keys, Value, entries, path};
use super::origins::Tokens;
use super::table::allows;
use super::{Cx, Expected, Keep, schema, unraw};
use crate::diag::{Part, codes};
use crate::model::name::snake_case;
use crate::model::{Ident, Membership, Role, Setting};

const ONCE: &[&str] =
    &["name", "external", "login", "noinherit", "connect", "connection_limit", "password_env", "settings", "bypass_rls", "renamed_from"];
const OFTEN: &[&str] = &["member_of", "default", "allow"];
/// What SQL calls its attributes, and what to say instead.
const REFUSED: &[(&str, &str)] = &[
    ("superuser", "a superuser passes every policy"),
    ("createrole", "a role that makes roles can make itself one that passes policies"),
    ("createdb", "declare it by hand, outside the set"),
    ("replication", "replication reads every row"),
    ("bypassrls", "write `bypass_rls = \"reason\"`"),
    ("nologin", "it is the default"),
    ("inherit", "it is the default"),
    ("password", "a password never stands in a source file: `password_env = \"VARIABLE\"`"),
];

pub(super) fn read(input: &DeriveInput, written: Vec<Entry>, cx: &mut Cx) -> Option<Role> {
    let (refused, written): (Vec<Entry>, Vec<Entry>) =
        written.into_iter().partition(|entry| REFUSED.iter().any(|(word, _)| *word == entry.name));
    for entry in refused {
        let why = REFUSED.iter().find(|(word, _)| *word == entry.name).map_or("", |(_, why)| *why);
        cx.at(codes::NOT_ALLOWED_HERE, &entry.key, format!("`{}` cannot be asked for", entry.name)).help(why).keep(cx);
    }
    let keys = Keys::sort(written, ONCE, OFTEN, "`#[role(..)]`", cx);
    for key in ONCE.iter().chain(OFTEN) {
        if let Some(entry) = keys.get(key) {
            cx.origins.part(Part::Key(key), entry.tokens);
        }
    }
    let item = unraw(&input.ident);
    let database = database(&keys, input, cx);
    let external = keys.flag("external", cx);
    if let Some((name, tokens)) = &database {
        reserved(name.as_str(), *tokens, external, cx);
    }
    let role = Role {
        name: database.as_ref().map(|(name, _)| name.clone()).unwrap_or_default(),
        external,
        login: keys.flag("login", cx),
        noinherit: keys.flag("noinherit", cx),
        connect: keys.flag("connect", cx),
        connection_limit: keys.get("connection_limit").and_then(|entry| number(entry, cx)),
        password_env: keys.get("password_env").and_then(|entry| variable(entry, cx)),
        member_of: keys.all("member_of").flat_map(|entry| memberships(entry, cx)).collect(),
        defaults: schema::defaults(&keys, cx),
        settings: keys.get("settings").map(|entry| settings(entry, cx)).unwrap_or_default(),
        bypass_rls: keys.reason("bypass_rls", cx),
        renamed_from: keys.get("renamed_from").and_then(|entry| entry.text(cx)).and_then(|(text, tokens)| name(&text, tokens, cx)),
        allows: allows(&keys, cx),
        item,
    };
    database.map(|_| role)
}

/// The role's name in the database, and the tokens that say it.
fn database(keys: &Keys, input: &DeriveInput, cx: &mut Cx) -> Option<(Ident, Tokens)> {
    let Some(entry) = keys.get("name") else {
        let tokens = Tokens::from(&input.ident);
        return name(&snake_case(&unraw(&input.ident)), tokens, cx).map(|name| (name, tokens));
    };
    let (text, tokens) = entry.text(cx)?;
    cx.origins.part(Part::Name, tokens);
    name(&text, tokens, cx).map(|name| (name, tokens))
}

/// PostgreSQL takes `public` as PUBLIC even in quotes, and keeps `none` and `pg_..` for itself.
fn reserved(name: &str, tokens: Tokens, external: bool, cx: &mut Cx) {
    if matches!(name, "public" | "none") || (name.starts_with("pg_") && !external) {
        cx.at(codes::BAD_NAME, tokens, format!("PostgreSQL reserves the role name `{name}`"))
            .help(if name == "public" { "for every role write `PUBLIC`, which is no item" } else { "choose another name" })
            .keep(cx);
    }
}

fn number(entry: &Entry, cx: &mut Cx) -> Option<i32> {
    if let Value::Assign(tokens) = &entry.value
        && let Ok(number) = tokens.to_string().parse::<i32>()
        && number >= 0
    {
        return Some(number);
    }
    entry.malformed(&format!("{} = 10", entry.name), cx);
    None
}

/// The name of an environment variable; a password itself would not look like one.
fn variable(entry: &Entry, cx: &mut Cx) -> Option<String> {
    let (text, tokens) = entry.text(cx)?;
    let sound = !text.is_empty() && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    if sound {
        return Some(text);
    }
    cx.at(codes::MALFORMED, tokens, "not the name of an environment variable")
        .note("the password itself never stands in a source file")
        .help("write the variable that holds it: `password_env = \"APP_PASSWORD\"`")
        .keep(cx);
    None
}

/// `member_of(Role, .., inherit = bool, set = bool, admin = bool)`
fn memberships(entry: &Entry, cx: &mut Cx) -> Vec<Membership> {
    let Some(list) = entry.list(cx) else { return Vec::new() };
    let (options, groups): (Vec<_>, Vec<_>) = super::entry::chunks(list)
        .into_iter()
        .partition(|chunk| matches!(chunk.get(1), Some(TokenTree::Punct(punct)) if punct.as_char() == '='));
    let options: TokenStream = options.into_iter().flat_map(|chunk| chunk.into_iter().chain([comma()])).collect();
    let options = Keys::sort(entries(options, cx), &["inherit", "set", "admin"], &[], "`member_of(..)`", cx);
    let option = |key: &str, cx: &mut Cx| options.get(key).and_then(|entry| entry.truth(cx));
    let (inherit, set, admin) = (option("inherit", cx), option("set", cx), option("admin", cx));
    if groups.is_empty() {
        entry.malformed("member_of(Role, ..)", cx);
    }
    let mut found = Vec::new();
    for group in groups {
        let stream: TokenStream = group.into_iter().collect();
        let tokens = Tokens::of(stream.clone());
        if stream.to_string() == "PUBLIC" {
            cx.at(codes::PUBLIC_NOT_ALLOWED, tokens, "PUBLIC is no role that one can be a member of")
                .help("name a role; what every role may do is granted `to = PUBLIC`")
                .keep(cx);
            continue;
        }
        if let Some(role) = path(stream, Expected::Role, cx) {
            let index = cx.origins.memberships;
            cx.origins.part(Part::Membership(index), tokens);
            cx.origins.memberships += 1;
            found.push(Membership { role, inherit, set, admin });
        }
    }
    found
}

fn comma() -> TokenTree {
    TokenTree::Punct(proc_macro2::Punct::new(',', proc_macro2::Spacing::Alone))
}

/// Settings that say who a session is, or whether policies hold.
const NOT_A_SETTING: &[&str] = &["role", "session_authorization", "row_security"];

/// `settings(statement_timeout = "5s", search_path = "app, pg_temp")`
fn settings(entry: &Entry, cx: &mut Cx) -> Vec<Setting> {
    let Some(list) = entry.list(cx) else { return Vec::new() };
    let mut found: Vec<Setting> = Vec::new();
    for chunk in super::entry::chunks(list) {
        let Some((name, tokens, value)) = setting(chunk, cx) else { continue };
        if value.contains('\0') {
            cx.at(codes::MALFORMED, tokens, "a setting cannot hold a NUL byte").help("remove it").keep(cx);
        } else if NOT_A_SETTING.contains(&name.as_str()) {
            cx.at(codes::NOT_ALLOWED_HERE, tokens, format!("`{name}` is not to be set for a role"))
                .note("it changes who the session is, or whether policies hold, past every declaration")
                .help("leave it out; what a role may become is `member_of(..)`")
                .keep(cx);
        } else if found.iter().any(|other| other.name == name) {
            cx.at(codes::DUPLICATE_KEY, tokens, format!("`{name}` stands twice")).help("remove one of them").keep(cx);
        } else {
            cx.origins.part(Part::Setting(found.len()), tokens);
            found.push(Setting { name, value });
        }
    }
    found
}

/// `name = "value"`, the name perhaps dotted.
fn setting(chunk: Vec<TokenTree>, cx: &mut Cx) -> Option<(String, Tokens, String)> {
    let tokens = Tokens::of(chunk.iter().cloned().collect());
    let equals = chunk.iter().position(|tree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == '='));
    let (name, value) = chunk.split_at(equals.unwrap_or(chunk.len()));
    let name: String = name.iter().map(ToString::to_string).collect();
    let value: TokenStream = value.iter().skip(1).cloned().collect();
    let sound = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
    match syn::parse2::<syn::LitStr>(value) {
        Ok(value) if sound => Some((name, tokens, value.value())),
        _ => {
            cx.at(codes::MALFORMED, tokens, "not a setting").help("write `statement_timeout = \"5s\"`").keep(cx);
            None
        }
    }
}
