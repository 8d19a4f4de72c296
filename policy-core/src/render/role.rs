//! The statements of a role.
//!
//! In: a linked role. Out: statements that create it if it is absent and change only what is wrong. Must not know
//! passwords, and never drops a role: roles belong to the cluster, and other databases may use them. Source: PostgreSQL
//! documentation, CREATE ROLE, ALTER ROLE, GRANT on roles.

use super::defaults;
use super::quote::{do_block, ident, literal};
use super::script::{Key, RolePart, Statement};
use crate::model::{Ident, Membership, Role, Setting};

/// What stands by the role itself.
pub(super) fn statements(role: &Role) -> Vec<Statement> {
    if role.external {
        return Vec::new();
    }
    let mut all: Vec<Statement> = role.renamed_from.iter().map(|old| renamed(role, old)).collect();
    let reason = role.bypass_rls.as_ref().map(|reason| format!("bypasses row-level security: {reason}"));
    all.push(Statement::new(key(role, RolePart::Options), options(role), "").note(reason));
    all.extend(role.settings.iter().map(|setting| of_setting(role, setting)));
    if role.connect {
        all.push(connect(role));
    }
    all
}

/// What needs other roles to be there first.
pub(super) fn memberships(role: &Role) -> Vec<Statement> {
    if role.external { Vec::new() } else { role.member_of.iter().map(|membership| member(role, membership)).collect() }
}

/// `ALTER DEFAULT PRIVILEGES FOR ROLE r ..`, in the whole database.
pub(super) fn default_privileges(role: &Role) -> Vec<Statement> {
    if role.external {
        return Vec::new();
    }
    let key = |kind, to| key(role, RolePart::Default(kind, to));
    defaults::statements(&role.defaults, &format!("FOR ROLE {}", ident(role.name.as_str())), true, &key)
}

fn key(role: &Role, part: RolePart) -> Key {
    Key::Role(role.name.clone(), part)
}

/// Each attribute: its column in `pg_roles`, and how it is said if it is on or off.
fn attributes(role: &Role) -> [(&'static str, bool, &'static str); 7] {
    let word = |on: bool, yes, no| if on { yes } else { no };
    let bypass = role.bypass_rls.is_some();
    [
        ("rolcanlogin", role.login, word(role.login, "LOGIN", "NOLOGIN")),
        ("rolinherit", !role.noinherit, word(role.noinherit, "NOINHERIT", "INHERIT")),
        ("rolsuper", false, "NOSUPERUSER"),
        ("rolcreatedb", false, "NOCREATEDB"),
        ("rolcreaterole", false, "NOCREATEROLE"),
        ("rolreplication", false, "NOREPLICATION"),
        ("rolbypassrls", bypass, word(bypass, "BYPASSRLS", "NOBYPASSRLS")),
    ]
}

/// CREATE ROLE if it is absent, and ALTER ROLE for the attributes that are wrong. Only those are named: to name
/// SUPERUSER, REPLICATION or BYPASSRLS takes a superuser, even where nothing would change.
fn options(role: &Role) -> String {
    let (name, text) = (ident(role.name.as_str()), literal(role.name.as_str()));
    let limit = role.connection_limit.unwrap_or(-1);
    let words: Vec<&str> = attributes(role).iter().map(|(_, _, word)| *word).collect();
    let wrong: Vec<String> = attributes(role)
        .iter()
        .map(|(column, on, word)| format!("CASE WHEN {}{column} THEN '{word}' END", if *on { "NOT " } else { "" }))
        .chain([format!("CASE WHEN rolconnlimit <> {limit} THEN 'CONNECTION LIMIT {limit}' END")])
        .collect();
    do_block(&format!(
        "DECLARE
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {text}) THEN
        BEGIN
            CREATE ROLE {name} {} CONNECTION LIMIT {limit};
        EXCEPTION
            -- Another database of this cluster was first.
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    SELECT concat_ws(' ',
        {}
    ) INTO wrong FROM pg_roles WHERE rolname = {text};
    IF wrong <> '' THEN
        EXECUTE format('ALTER ROLE %I %s', {text}, wrong);
    END IF;
END",
        words.join(" "),
        wrong.join(",\n        ")
    ))
}

/// `ALTER ROLE r SET statement_timeout = '5s';` and `ALTER ROLE r RESET statement_timeout;`
fn of_setting(role: &Role, setting: &Setting) -> Statement {
    let name = ident(role.name.as_str());
    let parameter = setting.name.split('.').map(ident).collect::<Vec<_>>().join(".");
    let value = if is_list(&setting.name) { list(&setting.value) } else { literal(&setting.value) };
    Statement::new(
        key(role, RolePart::Setting(setting.name.clone())),
        format!("ALTER ROLE {name} SET {parameter} = {value};"),
        format!("ALTER ROLE {name} RESET {parameter};"),
    )
}

/// The settings whose value is a list of names: PostgreSQL would take one quoted text for one name with commas in it.
fn is_list(setting: &str) -> bool {
    const LISTS: [&str; 5] =
        ["search_path", "temp_tablespaces", "local_preload_libraries", "session_preload_libraries", "shared_preload_libraries"];
    LISTS.iter().any(|list| setting.eq_ignore_ascii_case(list))
}

/// `app, "$user"` as `'app', '$user'`; unquoted names fold, as in SQL.
fn list(value: &str) -> String {
    let (mut names, mut quoted) = (vec![String::new()], false);
    for c in value.chars() {
        quoted ^= c == '"';
        match names.last_mut() {
            Some(name) if quoted || c != ',' => name.push(c),
            _ => names.push(String::new()),
        }
    }
    let name = |name: &String| match name.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => literal(&inner.replace("\"\"", "\"")),
        None => literal(&name.trim().to_lowercase()),
    };
    names.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// `GRANT team TO app WITH INHERIT FALSE, SET TRUE;` Memberships belong to the cluster: undoing one undoes it for every
/// database, because a privilege must not outlive its declaration.
fn member(role: &Role, membership: &Membership) -> Statement {
    let (group, name) = (ident(&membership.role), ident(role.name.as_str()));
    let said = [("INHERIT", membership.inherit), ("SET", membership.set), ("ADMIN", membership.admin)];
    let words: Vec<String> =
        said.iter().filter_map(|(word, on)| on.map(|on| format!("{word} {}", if on { "TRUE" } else { "FALSE" }))).collect();
    let options = match said {
        // The only option that PostgreSQL before 16 knows, in the form that it knows.
        [(_, None), (_, None), (_, Some(true))] => " WITH ADMIN OPTION".to_owned(),
        _ if words.is_empty() => String::new(),
        _ => format!(" WITH {}", words.join(", ")),
    };
    Statement::new(
        key(role, RolePart::Member(Ident::cut(&membership.role))),
        format!("GRANT {group} TO {name}{options};"),
        format!("REVOKE {group} FROM {name};"),
    )
}

/// `GRANT CONNECT ON DATABASE .. TO r`, on the database that the migration runs in, unless it is granted already: only
/// who owns the database, or may pass CONNECT on, can grant it.
fn connect(role: &Role) -> Statement {
    let text = literal(role.name.as_str());
    let grant = format!("EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), {text});");
    let granted = format!(
        "SELECT FROM pg_database AS d, aclexplode(d.datacl) AS a JOIN pg_roles AS r ON r.oid = a.grantee
        WHERE d.datname = current_database() AND r.rolname = {text} AND a.privilege_type = 'CONNECT'"
    );
    let apply = do_block(&format!("BEGIN\n    IF NOT EXISTS (\n        {granted}\n    ) THEN\n        {grant}\n    END IF;\nEND"));
    let revoke = format!("EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM %I', current_database(), {text});");
    Statement::new(key(role, RolePart::Connect), apply, do_block(&format!("BEGIN\n    {revoke}\nEND")))
}

/// `ALTER ROLE old RENAME TO new`, if there is the old one and not the new one.
fn renamed(role: &Role, old: &Ident) -> Statement {
    Statement::new(key(role, RolePart::Renamed), rename(old, &role.name), rename(&role.name, old))
}

fn rename(from: &Ident, to: &Ident) -> String {
    let exists = |name: &Ident| format!("EXISTS (SELECT FROM pg_roles WHERE rolname = {})", literal(name.as_str()));
    do_block(&format!(
        "BEGIN\n    IF {} AND NOT {} THEN\n        ALTER ROLE {} RENAME TO {};\n    END IF;\nEND",
        exists(from),
        exists(to),
        ident(from.as_str()),
        ident(to.as_str())
    ))
}
