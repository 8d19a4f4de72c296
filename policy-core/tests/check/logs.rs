//! Logs: what they tell of, who writes them, and that nobody alters them.

use policy_core::diag::{Code, Diagnostic, LogPart, Part, RulePart, codes};
use policy_core::model::*;

use super::build::*;

/// `log(rows(Doc.id), table = table_name, row = row_id, copy(tenant_id))`
fn log() -> Log {
    let row = RowOf { item: "Doc".to_owned(), key: "id".to_owned(), copy: vec!["tenant_id".to_owned()] };
    Log {
        rows: vec![row],
        table: ident("table_name"),
        row: ident("row_id"),
        copy: vec![ident("tenant_id")],
        writer: None,
        command: None,
        old: None,
        new: None,
        at: None,
        role: None,
        context: None,
        by: Vec::new(),
    }
}

fn columns(more: &[(&str, &str)]) -> Vec<Column> {
    let own = [("id", "bigint"), ("tenant_id", "uuid"), ("table_name", "text"), ("row_id", "text")];
    own.iter().chain(more).map(|(name, kind)| column(name, kind, false)).collect()
}

/// The application writes it.
pub(crate) fn filled() -> Table {
    Table { columns: columns(&[]), rules: vec![permit("select, insert", "App")], log: Some(log()), ..tenanted("Patch") }
}

/// Triggers write it.
fn written(rules: Vec<Rule>) -> Table {
    let log = Log { writer: Some("Writer".to_owned()), ..log() };
    Table { columns: columns(&[]), rules, log: Some(log), ..tenanted("Audit") }
}

fn doc() -> Table {
    Table { rules: vec![permit("all", "App")], ..tenanted("Doc") }
}

fn around(writer: Role, tables: Vec<Table>) -> Vec<Diagnostic> {
    found(with(std::iter::once(Item::Role(writer)).chain(tables.into_iter().map(Item::Table)).collect()))
}

fn both(doc: Table, log: Table) -> Vec<Diagnostic> {
    around(role("Writer"), vec![doc, log])
}

fn changed(change: impl FnOnce(&mut Log)) -> Table {
    let mut table = filled();
    if let Some(log) = &mut table.log {
        change(log);
    }
    table
}

fn at(part: LogPart) -> Part {
    Part::Log(part)
}

#[test]
fn what_is_sound_passes() {
    clean(both(doc(), filled()));
    // A role that only writes is what a writer is: it is not warned of.
    clean(both(doc(), written(vec![permit("insert", "Writer"), permit("select", "App")])));
    clean(both(doc(), written(vec![permit("insert(table_name, row_id, tenant_id)", "Writer")])));
}

#[test]
fn no_log_tells_of_itself() {
    let own = changed(|log| log.rows.push(RowOf { item: "Patch".to_owned(), ..log.rows[0].clone() }));
    only(of_table(own), codes::LOG_OF_ITSELF, "Patch", at(LogPart::Row(1)), "its own rows");
    let told = |item: &str, of: &str| {
        let mut table =
            Table { item: item.to_owned(), relation: relation(&item.to_lowercase()), ..written(vec![permit("insert", "Writer")]) };
        table.log.iter_mut().for_each(|log| log.rows[0].item = of.to_owned());
        table
    };
    let mut row = told("A", "B");
    row.columns[0] = column("id", "bigint", false);
    let faults = around(role("Writer"), vec![row, told("B", "A")]);
    assert_eq!(
        faults.iter().map(|fault| (fault.code, fault.item.as_str())).collect::<Vec<_>>(),
        [(codes::LOG_OF_ITSELF, "A"), (codes::LOG_OF_ITSELF, "B")]
    );
    // One log of another is a chain, and ends.
    clean(around(role("Writer"), vec![doc(), told("A", "Doc"), told("B", "A")]));
}

#[test]
fn its_tables_are_ours() {
    let external = Table { tenancy: Tenancy::External, context: None, ..table("Doc") };
    let faults = both(external, filled());
    assert!(faults.iter().any(|fault| fault.code == codes::LOG_TABLE && fault.message.contains("external")), "{faults:?}");
    only(around(role("Writer"), vec![filled()]), codes::NOT_IN_SET, "Patch", at(LogPart::Row(0)), "`Doc`");
    only(both(doc(), changed(|log| log.rows[0].key = "key".to_owned())), codes::NO_SUCH_COLUMN, "Patch", at(LogPart::Row(0)), "`key`");
    let lacks = changed(|log| log.rows[0].copy = vec!["team_id".to_owned()]);
    only(both(doc(), lacks), codes::NO_SUCH_COLUMN, "Patch", at(LogPart::Row(0)), "`team_id`");
}

#[test]
fn its_columns_hold_what_is_put_into_them() {
    let typed = |name: &str, kind: &str| {
        let mut table = filled();
        table.columns.iter_mut().filter(|column| column.field == name).for_each(|column| column.kind = sql_type(kind));
        table
    };
    only(of_table(typed("row_id", "uuid")), codes::LOG_COLUMN, "Patch", at(LogPart::Key("row")), "`uuid`");
    only(of_table(typed("table_name", "varchar(9)")), codes::LOG_COLUMN, "Patch", at(LogPart::Key("table")), "`table`");
    let twice = changed(|log| log.copy = vec![ident("row_id")]);
    only(of_table(twice), codes::LOG_COLUMN, "Patch", at(LogPart::Copy(0)), "two things");
    let mut keyed = doc();
    keyed.columns[0] = column("id", "date", false);
    only(both(keyed.clone(), filled()), codes::LOG_COLUMN, "Patch", at(LogPart::Row(0)), "`date`");
    keyed.columns[0] = column("id", "uuid", true);
    only(both(keyed, filled()), codes::LOG_COLUMN, "Patch", at(LogPart::Row(0)), "NULL");
    let mut scoped = doc();
    scoped.columns[1] = column("tenant_id", "uuid", true);
    only(both(scoped, filled()), codes::LOG_COLUMN, "Patch", at(LogPart::Row(0)), "may be NULL");
    let noted = changed(|log| log.rows[0].copy = vec!["note".to_owned()]);
    only(both(doc(), noted), codes::LOG_COLUMN, "Patch", at(LogPart::Row(0)), "`Doc.note`");
    let mut row = written(vec![permit("insert", "Writer")]);
    row.columns.push(column("before", "jsonb", false));
    row.log.iter_mut().for_each(|log| log.old = Some(ident("before")));
    only(of_table(row), codes::LOG_COLUMN, "Audit", at(LogPart::Key("old")), "no `Option`");
}

#[test]
fn whoever_fills_a_log_reads_its_rows() {
    let narrow = Table { rules: vec![permit("select(note)", "App")], ..tenanted("Doc") };
    let faults = both(narrow, filled());
    only(faults.clone(), codes::LOG_WRITER, "Patch", at(LogPart::Row(0)), "`App`");
    assert!(faults[0].help[0].contains("`permit(select(id, tenant_id), to = App)` to `Doc`"), "{:?}", faults[0].help);
    clean(both(Table { rules: vec![permit("select(id, tenant_id)", "App")], ..tenanted("Doc") }, filled()));
}

#[test]
fn the_writer_may_write_and_is_nobody() {
    let writes = || written(vec![permit("insert", "Writer")]);
    let of = |writer: Role| around(writer, vec![doc(), writes()]);
    let judged = |faults: Vec<Diagnostic>, says: &str| {
        assert!(faults.iter().any(|fault| fault.code == codes::LOG_WRITER && fault.message.contains(says)), "{says}: {faults:?}");
    };
    judged(of(login("Writer")), "may log in");
    judged(of(Role { bypass_rls: Some("it must".to_owned()), ..role("Writer") }), "bypasses");
    let member = member_of(&["Writer"], login("Sly"));
    judged(found(with(vec![Item::Role(role("Writer")), Item::Role(member), Item::Table(doc()), Item::Table(writes())])), "act as");
    let faults = both(doc(), written(vec![permit("select", "App")]));
    only(faults.clone(), codes::LOG_WRITER, "Audit", at(LogPart::Writer), "may not insert");
    assert!(faults[0].help[0].contains("permit(insert, to = Writer)"), "{:?}", faults[0].help);
    let faults = both(doc(), written(vec![permit("insert(row_id)", "Writer")]));
    only(faults.clone(), codes::LOG_WRITER, "Audit", at(LogPart::Writer), "every column");
    assert!(faults[0].help[0].contains("insert(table_name, row_id, tenant_id)"), "{:?}", faults[0].help);
}

#[test]
fn nobody_alters_what_the_writer_wrote() {
    let judged = |rule: Rule| both(doc(), written(vec![permit("insert", "Writer"), permit("select", "App"), rule]));
    let rule = Part::Rule(2, RulePart::Whole);
    only(judged(permit("insert", "App")), codes::LOG_ALTERED, "Audit", rule, "write to");
    for command in ["update", "delete"] {
        only(judged(permit(command, "App")), codes::LOG_ALTERED, "Audit", rule, command);
    }
    let granted = |privilege: &str| {
        let table = written(vec![permit("insert", "Writer")]);
        both(doc(), Table { grants: vec![grant(privilege, "App")], ..table })
    };
    let has = |faults: &[Diagnostic], code: Code| faults.iter().any(|fault| fault.code == code);
    for privilege in ["truncate", "trigger"] {
        assert!(has(&granted(privilege), codes::LOG_ALTERED), "{privilege}");
    }
    let schema = Schema { grants: vec![on_schema("insert", ObjectKind::Tables, "App")], ..schema("Main", "public") };
    let faults = found(with(vec![
        Item::Role(role("Writer")),
        Item::Schema(schema),
        Item::Table(doc()),
        Item::Table(written(vec![permit("insert", "Writer")])),
    ]));
    assert!(faults.iter().any(|fault| fault.code == codes::LOG_ALTERED && fault.item == "Main"), "{faults:?}");
}
