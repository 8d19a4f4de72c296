//! The checklist of a set.

use policy_core::report::checklist;

use super::*;

#[test]
fn a_rich_set_as_a_checklist() {
    insta::assert_snapshot!("checklist_rich", checklist(&trusted(read(RICH))));
}

/// A log, functions and a view: what runs with other rights, and what the log tells of.
#[test]
fn logs_and_definers_as_a_checklist() {
    let items = format!(
        "(table (item T) (relation (public t)) (context C) {COLUMNS} (tenancy none)
            (rules ((rule (kind permit) (commands ((on (command select) (columns (id a))) (on (command insert)))) (to ((role app)))
                (using (op = (self a) (number 1))))))
            (grants ((grant (privileges ((delete ()) (truncate ()))) (to ((role worker))))))
            (nevers ((never (privileges (all)) (to ((role svc)))))))
        (table (item L) (relation (app \"my log\")) {COLUMNS} (tenancy none)
            (rules ((rule (kind permit) (commands ((on (command insert)))) (to ((role svc))) (using (op = (self a) (self a))))))
            (log (log (rows ((row (item T) (key id) (copy (a))))) (table tags) (row id) (copy (a)) (writer svc) (old order)))
            (allows ((allow (code H0412) (reason \"nobody | *reads* it\")))))
        (functions (item F) (schema app) (functions (
            (function (method f) (name f) (args ((argument (name id) (kind bigint)))) (returns void) (definer svc) (search_path (app)) (language sql)
                (volatility volatile) (grants ((role app))))
            (function (method g) (name g) (returns (one text)) (language sql) (volatility stable) (body (text \"select 'x'\"))))))
        (view (item V) (relation (public v)) (columns ((column (field id) (name id) (kind bigint)))) (definer svc)
            (grants ((grant (privileges ((select ()))) (to (PUBLIC))))))"
    );
    insta::assert_snapshot!("checklist_definers", checklist(&trusted(set(&items))));
}
