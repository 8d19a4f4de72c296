//! What fills a log: functions and triggers.
//!
//! In: a linked set. Out: the functions, and for each table the triggers that it needs. Must not know who reads the log.
//! Source: PostgreSQL documentation, CREATE TRIGGER, 39 "Triggers", 43.10 "Trigger Functions".
//!
//! A function runs with a pinned search path and nobody may execute it: a trigger needs no such right, and whoever had it
//! could write to the log by a trigger on a table of their own.

use super::quote::{dollars, grantee, ident, literal, relation};
use super::script::{FunctionPart, Key, Statement};
use super::trigger::{Created, word};
use super::{context, owner, seen};
use crate::model::{
    Base, Context, EventKind, Expr, Field, Grantee, Ident, Kind, Log, ObjectKind, PolicySet, Relation, RowOf, SqlType, Table, Timing,
};
use crate::plan::{Index, triggers};

/// The functions of every log of the set.
pub(super) fn functions(set: &PolicySet, index: &Index<'_>) -> Vec<Statement> {
    let logs = set.tables().filter_map(|table| Some((table, table.log.as_ref()?)));
    logs.flat_map(|(table, log)| match &log.writer {
        Some(writer) => log
            .rows
            .iter()
            .filter_map(|row| Some((row, index.table(&row.item)?)))
            .flat_map(|(row, of)| {
                let body = Capture { table, log, row, of, context: index.context(table.context.as_deref()) }.body();
                function(set, &triggers::capture_function(table, row), "SECURITY DEFINER", &body, Some(writer))
            })
            .collect::<Vec<_>>(),
        None => {
            function(set, &triggers::fill_function(table), "SECURITY INVOKER", &seen::fill_body(table, log, index), set.owner.as_deref())
        }
    })
    .collect()
}

fn function(set: &PolicySet, name: &Relation, security: &str, body: &str, owned_by: Option<&str>) -> Vec<Statement> {
    let call = format!("{}()", relation(name));
    let apply = format!(
        "CREATE OR REPLACE FUNCTION {call} RETURNS trigger
    LANGUAGE plpgsql {security}
    SET search_path = pg_catalog, pg_temp
AS {};",
        dollars(body)
    );
    let key = |part| Key::Function(name.clone(), Vec::new(), part);
    let mut all = vec![Statement::new(key(FunctionPart::Definition), apply, format!("DROP FUNCTION IF EXISTS {call};"))];
    if let Some(role) = owned_by {
        let current = format!("SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = to_regprocedure({})", literal(&call));
        all.push(Statement::new(key(FunctionPart::Owner), owner::owned("FUNCTION", &call, &current, name, role), ""));
    }
    let others = executors(set, &name.schema).into_iter().filter(|to| *to != Grantee::Role(owned_by.unwrap_or_default().to_owned()));
    all.extend(others.map(|to| {
        let revoke = format!("REVOKE ALL ON FUNCTION {call} FROM {};", grantee(&to));
        Statement::new(key(FunctionPart::Grants(to)), revoke, "")
    }));
    all
}

/// Whom a new function of the schema may have been given to: PUBLIC, and who is granted all functions, now or later.
fn executors(set: &PolicySet, schema: &Ident) -> Vec<Grantee> {
    let of_functions = |kind: ObjectKind| matches!(kind, ObjectKind::Functions | ObjectKind::Routines);
    let mut found = vec![Grantee::Public];
    let mut add = |to: &[Grantee]| {
        for one in to {
            if !found.contains(one) {
                found.push(one.clone());
            }
        }
    };
    for one in set.schemas().filter(|one| one.name == *schema) {
        one.grants.iter().filter(|grant| of_functions(grant.on)).for_each(|grant| add(&grant.to));
        one.defaults.iter().filter(|default| !default.revoke && of_functions(default.on)).for_each(|default| add(&default.grantees));
    }
    for role in set.roles() {
        role.defaults.iter().filter(|default| !default.revoke && of_functions(default.on)).for_each(|default| add(&default.grantees));
    }
    found
}

/// The triggers of a table: the one that fills it if it is a log, and those of the logs that tell of it.
pub(super) fn triggers(table: &Table, index: &Index<'_>) -> Vec<Statement> {
    let fill = triggers::is_filled(table).then(|| {
        Created {
            name: triggers::fill(table),
            timing: Timing::Before,
            events: "INSERT OR UPDATE".to_owned(),
            referencing: None,
            each_row: true,
            when: None,
            function: relation(&triggers::fill_function(table)),
        }
        .on(&table.relation)
    });
    let captures = index.logs_of(table).iter().flat_map(|(log, row)| {
        triggers::CAPTURED.iter().map(|event| {
            let each_row = table.partitioned && *event != EventKind::Truncate;
            Created {
                name: triggers::capture(log, *event),
                timing: Timing::After,
                events: word(*event).to_owned(),
                referencing: if each_row { None } else { referencing(*event) },
                each_row,
                when: None,
                function: relation(&triggers::capture_function(log, row)),
            }
            .on(&table.relation)
        })
    });
    fill.into_iter().chain(captures).collect()
}

/// The rows of a statement. A statement trigger of a partitioned table does not fire where a partition is named, and a row
/// trigger of a partition has no such tables.
fn referencing(event: EventKind) -> Option<String> {
    let tables = match event {
        EventKind::Insert => "NEW TABLE AS new_rows",
        EventKind::Update => "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        EventKind::Delete => "OLD TABLE AS old_rows",
        EventKind::Truncate => return None,
    };
    Some(format!("REFERENCING {tables}"))
}

/// The function that writes to a log what became of rows of one table.
struct Capture<'a> {
    table: &'a Table,
    log: &'a Log,
    row: &'a RowOf,
    of: &'a Table,
    context: Option<&'a Context>,
}

/// The rows that an entry tells of, by their aliases.
#[derive(Clone, Copy)]
enum Rows<'a> {
    /// None: all of them are gone.
    None,
    /// The one after.
    New(&'a str),
    /// The one before.
    Old(&'a str),
    /// Both, of one key and one scope.
    Both(&'a str, &'a str),
    /// Either or both: the other one is NULL.
    Either(&'a str, &'a str),
}

impl Capture<'_> {
    fn body(&self) -> String {
        let steps = if self.of.partitioned { self.of_rows() } else { self.of_statements() };
        format!("#variable_conflict use_column\nBEGIN\n{steps}    RETURN NULL;\nEND")
    }

    /// An update whose key or scope is another one is told of twice: a row is gone from there, a row has come here.
    fn of_statements(&self) -> String {
        let same: Vec<String> = self.same("new_row", "old_row");
        let update = format!("FROM new_rows AS new_row\n        FULL JOIN old_rows AS old_row ON {}", same.join(" AND "));
        let one = |rows, event, from: &str| self.entry(rows, event, &format!("\n        {from}"), 8);
        self.by_event([
            one(Rows::New("new_row"), EventKind::Insert, "FROM new_rows AS new_row"),
            one(Rows::Either("new_row", "old_row"), EventKind::Update, &update),
            one(Rows::Old("old_row"), EventKind::Delete, "FROM old_rows AS old_row"),
        ])
    }

    fn of_rows(&self) -> String {
        let one = |rows, event| self.entry(rows, event, "", 8);
        let update = |rows| self.entry(rows, EventKind::Update, "", 12);
        let moved = format!(
            "        IF {} THEN\n{}        ELSE\n{}{}        END IF;\n",
            self.same("NEW", "OLD").join(" AND "),
            update(Rows::Both("NEW", "OLD")),
            update(Rows::Old("OLD")),
            update(Rows::New("NEW")),
        );
        self.by_event([one(Rows::New("NEW"), EventKind::Insert), moved, one(Rows::Old("OLD"), EventKind::Delete)])
    }

    fn by_event(&self, [insert, update, delete]: [String; 3]) -> String {
        format!(
            "    IF TG_OP = 'INSERT' THEN\n{insert}    ELSIF TG_OP = 'UPDATE' THEN\n{update}    ELSIF TG_OP = 'DELETE' THEN\n{delete}    ELSE\n{}    END IF;\n",
            self.truncated()
        )
    }

    /// TRUNCATE has no rows: an entry without one where the log has room for it, else it is refused.
    fn truncated(&self) -> String {
        let nullable = |name: &Ident| self.table.column(name.as_str()).is_some_and(|column| column.nullable);
        if std::iter::once(&self.log.row).chain(&self.log.copy).all(nullable) {
            return self.entry(Rows::None, EventKind::Truncate, "", 8);
        }
        let message = format!("{} is logged by {}, which has no entry for a TRUNCATE", self.of.relation, self.table.relation);
        format!("        RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = {}, HINT = 'Use DELETE.';\n", literal(&message))
    }

    /// The conditions under which two rows are one with the same key and scope.
    fn same(&self, new: &str, old: &str) -> Vec<String> {
        let key = ident(&self.row.key);
        let scope = self.row.copy.iter().map(|column| {
            let column = ident(column);
            format!("{new}.{column} IS NOT DISTINCT FROM {old}.{column}")
        });
        std::iter::once(format!("{new}.{key} = {old}.{key}")).chain(scope).collect()
    }

    /// `INSERT INTO log (..) SELECT .. FROM ..;`
    fn entry(&self, rows: Rows<'_>, event: EventKind, from: &str, indent: usize) -> String {
        let pad = " ".repeat(indent);
        let (columns, values): (Vec<String>, Vec<String>) =
            self.values(rows, event).into_iter().map(|(column, value)| (ident(column.as_str()), value)).unzip();
        format!("{pad}INSERT INTO {} ({})\n{pad}SELECT {}{from};\n", relation(&self.table.relation), columns.join(", "), values.join(", "))
    }

    fn values(&self, rows: Rows<'_>, event: EventKind) -> Vec<(&Ident, String)> {
        let log = self.log;
        let mut all = vec![(&log.table, literal(&self.of.relation.to_string())), (&log.row, self.key(rows))];
        all.extend(log.copy.iter().zip(&self.row.copy).map(|(column, copied)| (column, self.copied(rows, copied))));
        let (new, old) = match rows {
            Rows::None => (None, None),
            Rows::New(new) => (Some(new), None),
            Rows::Old(old) => (None, Some(old)),
            Rows::Both(new, old) | Rows::Either(new, old) => (Some(new), Some(old)),
        };
        // The row, also where a column of it has its name.
        let json = |row: Option<&str>| row.map_or_else(|| "NULL".to_owned(), |row| format!("to_jsonb({row}.*)"));
        all.extend(log.command.iter().map(|column| (column, literal(event.word()))));
        all.extend(log.old.iter().map(|column| (column, json(old))));
        all.extend(log.new.iter().map(|column| (column, json(new))));
        all.extend(log.at.iter().map(|column| (column, "clock_timestamp()".to_owned())));
        all.extend(log.role.iter().map(|column| (column, ROLE.to_owned())));
        all.extend(log.context.iter().map(|column| (column, self.whole_context())));
        all.extend(log.by.iter().map(|(column, value)| (column, self.of_context(value))));
        all
    }

    fn key(&self, rows: Rows<'_>) -> String {
        let key = ident(&self.row.key);
        match rows {
            Rows::None => "NULL".to_owned(),
            Rows::New(row) | Rows::Old(row) | Rows::Both(row, _) => format!("{row}.{key}::text"),
            Rows::Either(new, old) => format!("coalesce({new}.{key}, {old}.{key})::text"),
        }
    }

    fn copied(&self, rows: Rows<'_>, column: &str) -> String {
        let (key, column) = (ident(&self.row.key), ident(column));
        match rows {
            Rows::None => "NULL".to_owned(),
            Rows::New(row) | Rows::Old(row) | Rows::Both(row, _) => format!("{row}.{column}"),
            Rows::Either(new, old) => format!("CASE WHEN {new}.{key} IS NULL THEN {old}.{column} ELSE {new}.{column} END"),
        }
    }

    fn of_context(&self, value: &Expr) -> String {
        let name = if let Kind::Ctx(name) = &value.kind { name.as_str() } else { "" };
        self.context.and_then(|context| context.field(name)).map_or_else(|| "NULL".to_owned(), field)
    }

    fn whole_context(&self) -> String {
        // A function takes a hundred arguments.
        let fields = self.context.map_or(&[][..], |context| &context.fields);
        let objects = fields.chunks(50).map(|fields| {
            let pairs: Vec<String> = fields.iter().map(|one| format!("{}, {}", literal(&one.name), field(one))).collect();
            format!("jsonb_build_object({})", pairs.join(", "))
        });
        objects.collect::<Vec<_>>().join(" || ")
    }
}

/// Who asked: the role that the session has become, else the one that it began as. `current_user` is the writer here.
const ROLE: &str = "CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END";

/// A context field where the search path finds nothing but PostgreSQL's own types.
fn field(field: &Field) -> String {
    let base = match &field.kind.base {
        Base::User(None, name) => Base::User(Some("public".to_owned()), name.clone()),
        base => base.clone(),
    };
    context::field(&Field { kind: SqlType { base, ..field.kind.clone() }, ..field.clone() }, false)
}
