//! A world as SQL. In: a world. Out: the statements that make it, and those that look at it. Shares nothing with the renderer: what the two
//! write of a policy is compared by a server.

use std::fmt::Write;

use policy_core::analyze::reach::of_alias;
use policy_core::analyze::state::FunctionState;
use policy_core::analyze::{RelationKind, RelationState};
use policy_core::model::{Command, Expr, Grantee, Ident, Kind, Literal, Privilege, Query, Relation, Role, Source};
use policy_core::plan::PlannedPolicy;

use super::client::Value;
use super::world::{DEFAULT, DEFAULT_KEY, OUTSIDER, World};

/// Everything that makes the world, for one message.
pub(crate) fn world(world: &World) -> String {
    let mut sql = format!("CREATE SCHEMA s; CREATE ROLE {OUTSIDER};");
    for role in &world.state.roles {
        let superuser = if world.state.superusers.contains(role.name.as_str()) { " SUPERUSER" } else { "" };
        let bypass = if role.bypass_rls.is_some() { " BYPASSRLS" } else { "" };
        let inherit = if role.noinherit { " NOINHERIT" } else { "" };
        let _ = write!(sql, "CREATE ROLE {}{superuser}{bypass}{inherit};", role.name);
    }
    world.state.roles.iter().for_each(|role| memberships(role, &mut sql));
    for (schema, state) in &world.state.schemas {
        state.usage.iter().for_each(|to| sql += &format!("GRANT USAGE ON SCHEMA {schema} TO {};", grantee(to)));
    }
    for (relation, state) in &world.state.relations {
        if !matches!(state.kind, RelationKind::View { .. }) {
            table(world, relation, state, &mut sql);
        }
    }
    // `v1` may read `v0`.
    world.state.relations.iter().for_each(|(relation, state)| view(relation, state, &mut sql));
    for (relation, state) in &world.state.relations {
        let owner = state.owner.as_deref().or(world.state.owner.as_deref()).unwrap_or("postgres");
        let _ = write!(sql, "ALTER TABLE {relation} OWNER TO {owner};");
        if state.kind == RelationKind::Partitioned {
            let _ = write!(sql, "ALTER TABLE {relation}_low OWNER TO {owner}; ALTER TABLE {relation}_rest OWNER TO {owner};");
        }
        grants(relation, state, &mut sql);
    }
    world.state.functions.iter().for_each(|one| function(world, one, &mut sql));
    sql
}

fn memberships(role: &Role, sql: &mut String) {
    for of in &role.member_of {
        let option = |name: &str, value: Option<bool>| value.map(|value| format!("{name} {value}"));
        let options: Vec<String> = option("INHERIT", of.inherit).into_iter().chain(option("SET", of.set)).collect();
        let with = if options.is_empty() { String::new() } else { format!(" WITH {}", options.join(", ")) };
        let _ = write!(sql, "GRANT {} TO {}{with};", of.role, role.name);
    }
}

fn table(world: &World, relation: &Relation, state: &RelationState, sql: &mut String) {
    let columns = state.columns.iter().map(|column| match (column.name.as_str(), column.nullable) {
        ("id", _) => format!("id integer PRIMARY KEY DEFAULT {DEFAULT_KEY}"),
        (name, true) => format!("{name} text"),
        (name, false) => format!("{name} text NOT NULL DEFAULT '{DEFAULT}'"),
    });
    let columns: Vec<String> = columns.collect();
    let partitioned = state.kind == RelationKind::Partitioned;
    let by = if partitioned { " PARTITION BY RANGE (id)" } else { "" };
    let _ = write!(sql, "CREATE TABLE {relation} ({}){by};", columns.join(", "));
    if partitioned {
        let _ = write!(sql, "CREATE TABLE {relation}_low PARTITION OF {relation} FOR VALUES FROM (MINVALUE) TO (3);");
        let _ = write!(sql, "CREATE TABLE {relation}_rest PARTITION OF {relation} DEFAULT;");
    }
    let rows = world.rows.get(relation).map_or(&[][..], Vec::as_slice);
    let rows: Vec<String> = rows.iter().map(|row| format!("({})", values(row))).collect();
    let _ = write!(sql, "INSERT INTO {relation} VALUES {};", rows.join(", "));
    let (enable, force) = (if state.enabled { "ENABLE" } else { "DISABLE" }, if state.forced { "FORCE" } else { "NO FORCE" });
    let _ = write!(sql, "ALTER TABLE {relation} {enable} ROW LEVEL SECURITY, {force} ROW LEVEL SECURITY;");
    state.policies.iter().for_each(|one| policy(relation, one, sql));
}

fn policy(relation: &Relation, policy: &PlannedPolicy, sql: &mut String) {
    let kind = if policy.permissive { "PERMISSIVE" } else { "RESTRICTIVE" };
    let command = match policy.command {
        None => "ALL",
        Some(Command::Select) => "SELECT",
        Some(Command::Insert) => "INSERT",
        Some(Command::Update) => "UPDATE",
        Some(Command::Delete) => "DELETE",
    };
    let to: Vec<&str> = policy.to.iter().map(grantee).collect();
    let _ = write!(sql, "CREATE POLICY {} ON {relation} AS {kind} FOR {command} TO {}", policy.name, to.join(", "));
    // In a subquery a column of its own would come first.
    let written = |predicate| expression(&of_alias(predicate, relation.name.as_str()));
    if let Some(using) = &policy.using {
        let _ = write!(sql, " USING ({})", written(using));
    }
    if let Some(check) = &policy.with_check {
        let _ = write!(sql, " WITH CHECK ({})", written(check));
    }
    sql.push(';');
}

fn view(relation: &Relation, state: &RelationState, sql: &mut String) {
    let RelationKind::View { query: Some(query), invoker, barrier } = &state.kind else { return };
    let options: Vec<&str> =
        [(*invoker, "security_invoker"), (*barrier, "security_barrier")].into_iter().filter(|(on, _)| *on).map(|(_, name)| name).collect();
    let with = if options.is_empty() { String::new() } else { format!(" WITH ({})", options.join(", ")) };
    let _ = write!(sql, "CREATE VIEW {relation}{with} AS {};", self::query(query));
}

fn query(query: &Query) -> String {
    let columns: Vec<String> = query.columns.iter().map(expression).collect();
    let from = query.sources().map(|(source, alias, _)| match source {
        Source::Relation(of) => format!("{of} AS {alias}"),
        Source::Item(item) => item.clone(),
    });
    let from: Vec<String> = from.collect();
    let filter = query.filter.as_ref().map_or_else(String::new, |filter| format!(" WHERE {}", expression(filter)));
    format!("SELECT {} FROM {}{filter}", columns.join(", "), from.join(", "))
}

fn not(negated: bool) -> &'static str {
    if negated { "NOT " } else { "" }
}

fn grants(relation: &Relation, state: &RelationState, sql: &mut String) {
    for (to, held) in &state.grants {
        for (privilege, columns) in held {
            let columns = columns.as_ref().map_or_else(String::new, |columns| format!(" ({})", names(columns)));
            let _ = write!(sql, "GRANT {}{columns} ON {relation} TO {};", word(*privilege), grantee(to));
        }
    }
}

fn function(world: &World, function: &FunctionState, sql: &mut String) {
    let (path, of) = (&function.path, super::aside::table(world, function));
    let _ = write!(sql, "CREATE FUNCTION {path}() RETURNS SETOF integer LANGUAGE sql SECURITY DEFINER AS 'SELECT id FROM {of}';");
    let owner = function.function.definer.as_deref().unwrap_or("postgres");
    let _ = write!(sql, "ALTER FUNCTION {path}() OWNER TO {owner}; REVOKE EXECUTE ON FUNCTION {path}() FROM PUBLIC;");
    for to in &function.executors {
        let _ = write!(sql, "GRANT EXECUTE ON FUNCTION {path}() TO {};", grantee(to));
    }
}

/// The session as a role, before its statements.
pub(crate) fn session(world: &World, role: &str) -> String {
    let field = world.field.as_deref().unwrap_or_default();
    format!("RESET ROLE; SET LOCAL app.tenant = '{field}'; SET LOCAL ROLE {role}; SAVEPOINT s")
}

/// The rows of a table, whoever asks.
pub(crate) fn dump(world: &World, table: &Relation) -> String {
    format!("RESET ROLE; SELECT {} FROM {table} ORDER BY id", world.columns(table).join(", "))
}

/// Names in a list.
pub(crate) fn names(columns: &[Ident]) -> String {
    columns.iter().map(Ident::as_str).collect::<Vec<_>>().join(", ")
}

/// A value; the key is a number, which a text in quotes may be.
pub(crate) fn constant(value: &Value) -> String {
    value.as_ref().map_or_else(|| "NULL".to_owned(), |text| format!("'{text}'"))
}

/// Values in a list.
pub(crate) fn values(row: &[Value]) -> String {
    row.iter().map(constant).collect::<Vec<_>>().join(", ")
}

fn grantee(to: &Grantee) -> &str {
    match to {
        Grantee::Public => "PUBLIC",
        Grantee::Role(name) => name,
    }
}

fn word(privilege: Privilege) -> &'static str {
    match privilege {
        Privilege::Select => "SELECT",
        Privilege::Insert => "INSERT",
        Privilege::Update => "UPDATE",
        Privilege::Delete => "DELETE",
        Privilege::Truncate => "TRUNCATE",
        Privilege::References => "REFERENCES",
        Privilege::Trigger => "TRIGGER",
        Privilege::Maintain => "MAINTAIN",
        Privilege::Usage => "USAGE",
        Privilege::Create => "CREATE",
        Privilege::Execute => "EXECUTE",
        Privilege::All => "ALL",
    }
}

/// A predicate or value of the forms that worlds have.
fn expression(expr: &Expr) -> String {
    let joined = |parts: &[Expr], word: &str| format!("({})", parts.iter().map(expression).collect::<Vec<_>>().join(word));
    match &expr.kind {
        Kind::Own(name) => name.clone(),
        Kind::Column(alias, name) => format!("{alias}.{name}"),
        Kind::Ctx(_) => "nullif(current_setting('app.tenant', true), '')".to_owned(),
        Kind::Keyword(name) => name.clone(),
        Kind::Literal(Literal::Text(text)) => format!("'{text}'"),
        Kind::Literal(Literal::Number(text)) => text.clone(),
        Kind::Literal(Literal::Bool(value)) => value.to_string(),
        Kind::Literal(Literal::Null) => "NULL".to_owned(),
        Kind::Binary(op, left, right) => format!("({} {op} {})", expression(left), expression(right)),
        Kind::Is(inner, _, negated) => format!("({} IS {}NULL)", expression(inner), if *negated { "NOT " } else { "" }),
        Kind::Not(inner) => format!("(NOT {})", expression(inner)),
        Kind::And(all) => joined(all, " AND "),
        Kind::Or(any) => joined(any, " OR "),
        Kind::Distinct(left, right, same) => {
            let not = if *same { "NOT " } else { "" };
            format!("({} IS {not}DISTINCT FROM {})", expression(left), expression(right))
        }
        Kind::In(left, list, negated) => {
            let list: Vec<String> = list.iter().map(expression).collect();
            format!("({} {}IN ({}))", expression(left), not(*negated), list.join(", "))
        }
        Kind::InQuery(left, query, negated) => format!("({} {}IN ({}))", expression(left), not(*negated), self::query(query)),
        Kind::Exists(query, negated) => format!("({}EXISTS ({}))", not(*negated), self::query(query)),
        Kind::Call(name, args) => format!("{name}({})", args.iter().map(expression).collect::<Vec<_>>().join(", ")),
        // Not SQL: the server refuses the world.
        other => format!("<{other:?}>"),
    }
}
