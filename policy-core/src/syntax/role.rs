//! `#[derive(Role)]`: a role.

use proc_macro2::{TokenStream, TokenTree};
use syn::DeriveInput;

use super::columns::name;
use super::entry::{Entry, Keys, Value, entries, path};
use super::origins::Tokens;
use super::table::allows;
use super::{Cx, Expected, Keep, schema, unraw};
use crate::diag::{Part, codes};
use crate::model::{Membership, Role, Setting};

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
    let item = unraw(&input.ident);
    let database = match keys.get("name") {
        Some(entry) => entry.text(cx).and_then(|(text, tokens)| {
            cx.origins.part(Part::Name, tokens);
            name(&text, tokens, cx)
        }),
        None => name(&snake_case(&item), Tokens::from(&input.ident), cx),
    };
    let database = database?;
    reserved(database.as_str(), keys.flag("external", cx), input, cx);
    let role = Role {
        name: database,
        external: keys.flag("external", cx),
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
    Some(role)
}

/// PostgreSQL takes `public` as PUBLIC even in quotes, and keeps `none` and `pg_..` for itself.
fn reserved(name: &str, external: bool, input: &DeriveInput, cx: &mut Cx) {
    if matches!(name, "public" | "none") || (name.starts_with("pg_") && !external) {
        cx.at(codes::BAD_NAME, &input.ident, format!("PostgreSQL reserves the role name `{name}`"))
            .help(if name == "public" { "for every role write `PUBLIC`, which is no item" } else { "choose another name" })
            .keep(cx);
    }
}

/// `AckifyApp` to `ackify_app`.
fn snake_case(item: &str) -> String {
    let mut name = String::new();
    let mut before = '_';
    for c in item.chars() {
        if c.is_uppercase() && before != '_' && !before.is_uppercase() {
            name.push('_');
        }
        name.extend(c.to_lowercase());
        before = c;
    }
    name
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

/// `settings(statement_timeout = "5s", search_path = "app, pg_temp")`
fn settings(entry: &Entry, cx: &mut Cx) -> Vec<Setting> {
    let Some(list) = entry.list(cx) else { return Vec::new() };
    let mut found: Vec<Setting> = Vec::new();
    for one in entries(list, cx) {
        let Some((value, tokens)) = one.text(cx) else { continue };
        if value.contains('\0') {
            cx.at(codes::MALFORMED, tokens, "a setting cannot hold a NUL byte").keep(cx);
        } else if found.iter().any(|other| other.name == one.name) {
            cx.at(codes::DUPLICATE_KEY, &one.key, format!("`{}` stands twice", one.name)).help("remove one of them").keep(cx);
        } else {
            cx.origins.part(Part::Setting(found.len()), one.tokens);
            found.push(Setting { name: one.name, value });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::snake_case;

    #[test]
    fn default_names() {
        assert_eq!(snake_case("AckifyApp"), "ackify_app");
        assert_eq!(snake_case("App2"), "app2");
        assert_eq!(snake_case("HTTPWorker"), "httpworker");
    }
}
