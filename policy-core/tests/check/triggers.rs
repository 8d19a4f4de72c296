//! Triggers: their functions, names and rows.

use policy_core::diag::{Diagnostic, LogPart, Part, TriggerPart, codes};
use policy_core::model::*;

use super::build::*;

fn function(method: &str, returns: Returns) -> Function {
    Function {
        method: method.to_owned(),
        name: ident(method),
        args: Vec::new(),
        returns,
        definer: None,
        search_path: None,
        language: ident("plpgsql"),
        volatility: Volatility::Volatile,
        body: Some(Body::Text("BEGIN RETURN new; END".to_owned())),
        grants: Vec::new(),
    }
}

pub(crate) fn fns(functions: Vec<Function>) -> Item {
    Item::Functions(Functions { item: "Fns".to_owned(), schema: ident("public"), functions, ..Functions::default() })
}

/// `trigger(after(events), .., execute = Fns.method)`
pub(crate) fn trigger(events: &str, each_row: bool, method: &str) -> Trigger {
    let kind = |word: &str| Event { kind: EventKind::from_word(word).expect("an event"), columns: None };
    Trigger {
        name: None,
        timing: Timing::After,
        events: events.split(", ").map(kind).collect(),
        each_row,
        when: None,
        execute: Routine::Method("Fns".to_owned(), method.to_owned()),
    }
}

fn when(condition: &str, trigger: Trigger) -> Trigger {
    Trigger { when: Some(expr(condition)), ..trigger }
}

fn doc(triggers: Vec<Trigger>) -> Table {
    Table { rules: vec![permit("all", "App")], triggers, ..tenanted("Doc") }
}

fn with_fns(triggers: Vec<Trigger>) -> Vec<Diagnostic> {
    let functions = vec![function("touch", Returns::Trigger), function("count", Returns::One(sql_type("bigint")))];
    found(with(vec![fns(functions), Item::Table(doc(triggers))]))
}

fn at(index: usize, part: TriggerPart) -> Part {
    Part::Trigger(index, part)
}

#[test]
fn a_trigger_executes_a_function_of_triggers() {
    clean(with_fns(vec![trigger("insert, update", true, "touch")]));
    only(with_fns(vec![trigger("insert", true, "count")]), codes::TRIGGER_FUNCTION, "Doc", at(0, TriggerPart::Execute), "`count`");
    let unknown = with_fns(vec![trigger("insert", true, "tuch")]);
    assert!(unknown.iter().any(|fault| fault.code == codes::NO_SUCH_FUNCTION), "{unknown:?}");
    let listed = found(with(vec![Item::Table(doc(vec![trigger("insert", true, "touch")]))]));
    only(listed, codes::NOT_IN_SET, "Doc", at(0, TriggerPart::Execute), "`Fns`");
}

#[test]
fn no_two_triggers_have_one_name() {
    let named = |name: &str, trigger: Trigger| Trigger { name: Some(ident(name)), ..trigger };
    let twice = vec![named("t", trigger("insert", true, "touch")), named("t", trigger("update", true, "touch"))];
    only(with_fns(twice), codes::TRIGGER_TWICE, "Doc", at(1, TriggerPart::Whole), "`t`");
    let by_default = vec![trigger("insert", true, "touch"), trigger("insert", false, "touch")];
    only(with_fns(by_default), codes::TRIGGER_TWICE, "Doc", at(1, TriggerPart::Whole), "`after_insert_touch`");
    clean(with_fns(vec![trigger("insert", true, "touch"), trigger("update", true, "touch")]));
}

/// What a log generates counts too: triggers on the tables that it tells of, and functions.
#[test]
fn a_log_keeps_its_names() {
    let filled = super::logs::filled();
    let clash = Trigger { name: Some(ident("patch_fill")), ..trigger("insert", true, "touch") };
    let patch = Table { triggers: vec![clash], ..filled.clone() };
    let set = |functions, patch| with(vec![fns(functions), Item::Table(doc(Vec::new())), Item::Table(patch)]);
    let touch = || vec![function("touch", Returns::Trigger)];
    only(found(set(touch(), patch)), codes::TRIGGER_TWICE, "Patch", Part::Log(LogPart::Whole), "`patch_fill`");
    let named = vec![function("patch_fill", Returns::Trigger)];
    only(found(set(named, filled)), codes::TRIGGER_TWICE, "Patch", Part::Log(LogPart::Whole), "`patch_fill`");
}

#[test]
fn a_condition_asks_for_rows_that_are_there() {
    let (new, old) = ("(op = (column new note) (text a))", "(op = (column old note) (text a))");
    let judged = |condition: &str, events: &str, each_row| of_table(doc(vec![when(condition, trigger(events, each_row, "touch"))]));
    only(judged(new, "update, delete", true), codes::TRIGGER_ROW, "Doc", at(0, TriggerPart::When), "`new`");
    only(judged(old, "insert, update", true), codes::TRIGGER_ROW, "Doc", at(0, TriggerPart::When), "`old`");
    only(judged(new, "insert", false), codes::TRIGGER_ROW, "Doc", at(0, TriggerPart::When), "`each_statement`");
    for (condition, events) in [(new, "insert, update"), (old, "update, delete")] {
        clean(judged(condition, events, true));
    }
    let truncate = of_table(doc(vec![trigger("truncate", true, "touch")]));
    only(truncate, codes::TRIGGER_ROW, "Doc", at(0, TriggerPart::Whole), "`truncate`");
    clean(of_table(doc(vec![trigger("insert, update, delete, truncate", false, "touch")])));
}

#[test]
fn a_condition_compares_what_compares() {
    let condition = |text: &str| with_fns(vec![when(text, trigger("update", true, "touch"))]);
    clean(condition("(op <> (column new note) (column old note))"));
    only(
        condition("(op = (column new note) (column old id))"),
        codes::TYPE_MISMATCH,
        "Doc",
        predicate(at(0, TriggerPart::When)),
        "text = uuid",
    );
}

#[test]
fn citus_has_no_triggers() {
    let set = with(vec![fns(vec![function("touch", Returns::Trigger)]), Item::Table(doc(vec![trigger("insert", true, "touch")]))]);
    let faults = found(PolicySet { target: Target::Citus, ..set });
    assert!(faults.iter().any(|fault| fault.code == codes::CITUS && fault.message.contains("trigger")), "{faults:?}");
}
