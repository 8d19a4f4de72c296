//! H0511, H0512, H0513: the settings of a context, and what they can hold.
//!
//! A field is placed as `Part::Column`, by its index.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::context::{Field, Source};
use crate::model::{Base, Context, SqlType};

/// First parts of settings that belong to a server, a language or an extension, besides `pg_..`.
const FOREIGN: &[&str] = &[
    "age",
    "alloydb",
    "auth_delay",
    "auto_explain",
    "azure",
    "bdr",
    "citus",
    "cloudsql",
    "cron",
    "hnsw",
    "ivfflat",
    "neon",
    "orafce",
    "passwordcheck",
    "pgaudit",
    "pglogical",
    "pgroonga",
    "pgsodium",
    "pgtle",
    "pljava",
    "plperl",
    "plpgsql",
    "plpython",
    "plpython3",
    "plr",
    "plrust",
    "pltcl",
    "plv8",
    "postgis",
    "postgres_fdw",
    "powa",
    "rds",
    "repmgr",
    "sepgsql",
    "set_user",
    "spock",
    "supautils",
    "timescaledb",
];

/// Types whose text form is one and the same for every session.
const HELD: &[&str] = &[
    "uuid",
    "smallint",
    "integer",
    "bigint",
    "boolean",
    "text",
    "character varying",
    "character",
    "date",
    "time",
    "timetz",
    "timestamp",
    "timestamptz",
];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let mut taken: BTreeMap<(String, &[String]), &str> = BTreeMap::new();
    for (i, field) in context.fields.iter().enumerate() {
        let place = Place::Part(Part::Column(i));
        check_name(field, place, sink);
        check_type(field, place, sink);
        let key = (field.source.setting().to_lowercase(), path(&field.source));
        match taken.get(&key) {
            Some(other) => sink.push(twice(field, other, place)),
            None => {
                taken.insert(key, &field.name);
            }
        }
    }
    check_mixed(context, sink);
}

/// `Tenant.id`, `tenant-id`, `tenant`, `pg_stat_statements.max`
fn check_name(field: &Field, place: Place, sink: &mut Sink) {
    let setting = field.source.setting();
    let fault = |message: String| Diagnostic::new(codes::SETTING_NAME, place, message);
    if !is_custom(setting) {
        sink.push(
            fault(format!("`{setting}` is not the name of an application's setting"))
                .note("such a name has two or more parts with dots between, each of lower-case letters, digits and `_`")
                .help("write it like `app.tenant_id`"),
        );
    } else if let Some(prefix) = setting.split('.').next().filter(|p| p.starts_with("pg_") || FOREIGN.contains(p)) {
        sink.push(
            fault(format!("settings that begin with `{prefix}` belong to PostgreSQL or an extension"))
                .help("choose a prefix of the application's own, such as `app`"),
        );
    }
}

/// Two or more parts, each `[a-z_][a-z0-9_]*`.
fn is_custom(setting: &str) -> bool {
    let part = |part: &str| {
        let mut chars = part.chars();
        chars.next().is_some_and(|c| c.is_ascii_lowercase() || c == '_')
            && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    setting.contains('.') && setting.split('.').all(part)
}

fn check_type(field: &Field, place: Place, sink: &mut Sink) {
    if holds(&field.kind, matches!(field.source, Source::Claim(..))) {
        return;
    }
    let message = format!("`{}` is `{}`, which a setting cannot hold", field.name, field.kind);
    sink.push(
        Diagnostic::new(codes::CONTEXT_TYPE, place, message)
            .note("a setting is text: only types with one text form for every session come back as they were")
            .help("use Uuid, an integer, bool, String, a date or time, a `Vec` or `Option` of them, or an enum or newtype with `#[derive(sqlx::Type)]`"),
    );
}

fn holds(kind: &SqlType, claim: bool) -> bool {
    match &kind.base {
        Base::User(..) | Base::Opaque(_) => true,
        Base::Builtin(name) if name == "json" || name == "jsonb" => claim && !kind.array,
        Base::Builtin(name) => HELD.contains(&name.as_str()),
    }
}

fn path(source: &Source) -> &[String] {
    match source {
        Source::Setting(_) => &[],
        Source::Claim(_, path) => path,
        Source::Routine(_, written) => self::path(written),
    }
}

fn twice(field: &Field, other: &str, place: Place) -> Diagnostic {
    let setting = field.source.setting();
    let what = match path(&field.source) {
        [] => format!("the setting `{setting}`"),
        path => format!("the claim `{}` of `{setting}`", path.join(".")),
    };
    Diagnostic::new(codes::SETTING_TWICE, place, format!("`{other}` and `{}` are both {what}", field.name))
        .note("PostgreSQL does not tell names of settings apart by case")
        .help("leave one field out, or give it a name of its own: `#[context(name = \"..\")]`")
}

/// A field that is a whole setting while others are claims in that setting: each write would undo the other.
fn check_mixed(context: &Context, sink: &mut Sink) {
    let claims: BTreeMap<String, &str> = context
        .fields
        .iter()
        .filter(|field| matches!(field.source, Source::Claim(..)))
        .map(|field| (field.source.setting().to_lowercase(), field.name.as_str()))
        .collect();
    for (i, field) in context.fields.iter().enumerate() {
        let Source::Setting(name) = &field.source else { continue };
        if let Some(claim) = claims.get(&name.to_lowercase()) {
            let message = format!("`{}` is the whole setting `{name}`, of which `{claim}` is a claim", field.name);
            sink.push(
                Diagnostic::new(codes::SETTING_TWICE, Place::Part(Part::Column(i)), message)
                    .help("make it a claim too, or give it a setting of its own"),
            );
        }
    }
}
