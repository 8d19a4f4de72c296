//! Two sets in, both ways out; and the lock between them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use policy_core::check::{Checked, trusted};
use policy_core::migrate::{Lock, Migration, between, pending};
use policy_core::model::{Node, Notate, PolicySet};
use policy_core::render::{Script, render};

#[cfg(feature = "testing")]
#[allow(dead_code, reason = "shared with the tests of the renderer")]
mod live;

#[path = "migrate/logs.rs"]
mod logs;

const RICH: &str = include_str!("sets/rich.set");

fn checked(text: &str) -> Checked {
    trusted(PolicySet::read(&Node::parse(text).unwrap()).unwrap())
}

/// A set of a few items, the smallest that has them.
fn set(items: &str) -> Checked {
    checked(&format!("(set (name S) (owner owner) (target postgres) (versions (versions (oldest 14) (newest 18))) (items ({items})))"))
}

const APP: &str = "(role (item App) (name app))";

fn documents(rest: &str) -> String {
    format!(
        "(table (item Document) (relation (public documents)) (columns ((column (field id) (name id) (kind bigint) (sequence default)))) {rest})"
    )
}

fn permit(commands: &str, more: &str) -> String {
    let commands: String = commands.split(' ').map(|command| format!("(on (command {command}))")).collect();
    format!("(rule (kind permit) (commands ({commands})) (to ((role app))) (using (op > (self id) (number 0))) {more})")
}

fn migration(old: &Checked, new: &Checked) -> Option<Migration> {
    pending(Some(&Lock::read(&Lock::write(old)).unwrap()), new)
}

fn both(migration: &Migration) -> String {
    format!("{}\n======== down\n\n{}", migration.up, migration.down)
}

#[test]
fn nothing_to_do() {
    let rich = checked(RICH);
    assert_eq!(migration(&rich, &rich), None);
    assert_eq!(between(&Script::default(), &Script::default()), None);
}

#[test]
fn a_lock_comes_back() {
    let rich = checked(RICH);
    let text = Lock::write(&rich);
    let lock = Lock::read(&text).unwrap();
    assert_eq!(&lock.set, rich.set());
    assert!(lock.is_current());
    assert_eq!(Lock::write(&lock.checked()), text);
    insta::assert_snapshot!(Lock::write(&set(&format!("{APP} {}", documents("(tenancy none)")))));
}

#[test]
fn a_damaged_lock_is_refused() {
    let text = Lock::write(&set(APP));
    for bad in [
        String::new(),
        text.replace("lock 1", "lock 2"),
        text.replace("(rendered ", "(fingerprint "),
        text.replace("(name app)", ""),
        format!("{text}(set)"),
        text.replace("(rendered", "<<<<<<< ours\n(rendered"),
        text.trim_end().trim_end_matches(')').to_owned(),
    ] {
        assert!(Lock::read(&bad).is_err(), "{bad}");
    }
    assert!(Lock::read(&text.replace('\n', "\r\n")).is_ok());
}

#[test]
fn the_first_migration() {
    let new = set(&format!("{APP} {}", documents(&format!("(tenancy none) (rules ({}))", permit("select insert", "")))));
    let migration = pending(None, &new).unwrap();
    assert!(migration.down.starts_with("-- hedgerow: opens public.documents\n"));
    assert!(!migration.up.contains("opens"));
    insta::assert_snapshot!(both(&migration));
}

#[test]
fn a_rule_added_and_one_changed() {
    let old = set(&format!("{APP} {}", documents(&format!("(tenancy none) (rules ({}))", permit("select insert", "")))));
    let new = set(&format!(
        "{APP} {}",
        documents(&format!("(tenancy none) (rules ({} {}))", permit("select", ""), permit("delete", "(name purge)")))
    ));
    insta::assert_snapshot!(both(&migration(&old, &new).unwrap()));
}

#[test]
fn a_table_that_goes_and_one_that_opens() {
    let old = set(&format!(
        "{APP} {} (table (item B) (relation (public b)) (tenancy none) (grants ((grant (privileges ((select ()))) (to ((role app)))))))",
        documents(&format!("(tenancy none) (rules ({}))", permit("select", "")))
    ));
    let new = set(&format!(
        "{APP} {}",
        documents("(tenancy none) (no_rls \"only numbers\") (grants ((grant (privileges ((select ()))) (to ((role app))))))")
    ));
    let migration = migration(&old, &new).unwrap();
    assert!(migration.up.starts_with("-- hedgerow: opens public.documents, public.b\n"), "{}", migration.up);
    assert!(!migration.down.contains("opens"));
    insta::assert_snapshot!(both(&migration));
}

#[test]
fn a_reason_changes_nothing() {
    let with = |reason: &str| set(&format!("{APP} {}", documents(&format!("(tenancy none) (no_rls \"{reason}\")"))));
    assert_eq!(migration(&with("a"), &with("b")), None);
}

#[test]
fn a_role_renamed() {
    let old = set(&format!("{APP} {}", documents(&format!("(tenancy none) (rules ({}))", permit("select", "")))));
    let rest = documents(&format!("(tenancy none) (rules ({}))", permit("select", ""))).replace("(role app)", "(role api)");
    let new = set(&format!("(role (item App) (name api) (renamed_from app)) {rest}"));
    insta::assert_snapshot!(both(&migration(&old, &new).unwrap()));
    // The key goes once every database has the new name.
    let later = set(&format!("(role (item App) (name api)) {rest}"));
    assert_eq!(migration(&new, &later), None);
}

#[test]
fn a_table_renamed() {
    let old = set(&format!(
        "{APP} {} (table (item N) (relation (public notes)) (tenancy none) (rules ({})))",
        documents(&format!("(tenancy none) (rules ({} {}))", permit("select insert", ""), permit("delete", "(name purge)"))),
        permit("select", "").replace(
            "(op > (self id) (number 0))",
            "(in-query (self id) (select (columns ((column d id))) (from ((from (source (table (public documents))) (alias d))))) no)"
        )
    ));
    let text = old
        .set()
        .note()
        .pretty()
        .replace("(public documents)", "(public papers)")
        .replace("(item Document)", "(item Document) (renamed_from (public documents))");
    let new = checked(&text.replace("(name purge)", "(name erase)"));
    insta::assert_snapshot!(both(&migration(&old, &new).unwrap()));
}

#[test]
fn a_renamed_policy_does_not_stay_behind() {
    let old = set(&format!("{APP} {}", documents(&format!("(tenancy none) (rules ({}))", permit("select", "(name a)")))));
    let new = set(&format!("{APP} {}", documents(&format!("(tenancy none) (rules ({}))", permit("select", "(name b) (renamed_from a)")))));
    let migration = migration(&old, &new).unwrap();
    assert!(migration.up.contains("DROP POLICY IF EXISTS a ON") && migration.up.contains("CREATE POLICY b ON"));
    assert!(migration.down.contains("DROP POLICY IF EXISTS b ON") && migration.down.contains("CREATE POLICY a ON"));
    assert!(render(&new).sql().contains("DROP POLICY IF EXISTS a ON"));
}

#[test]
fn a_grant_on_all_tables_does_not_swallow_the_grants_on_one() {
    let schema = |privilege: &str| {
        format!("(schema (item P) (name public) (grants ((grant (privileges ({privilege})) (on tables) (every yes) (to ((role app)))))))")
    };
    let table = documents(&format!("(tenancy none) (rules ({}))", permit("delete", "")));
    let old = set(&format!("{APP} {} {table}", schema("select")));
    let up = migration(&old, &set(&format!("{APP} {table}"))).unwrap().up;
    let sweep = up.find("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM app;").unwrap();
    assert!(up.find("GRANT DELETE ON TABLE public.documents TO app;").unwrap() > sweep, "{up}");
    let up = migration(&old, &set(&format!("{APP} {} {table}", schema("insert")))).unwrap().up;
    let sweep = up.find("GRANT INSERT ON ALL TABLES IN SCHEMA public TO app;").unwrap();
    assert!(up.find("GRANT INSERT, DELETE ON TABLE public.documents TO app;").unwrap() > sweep, "{up}");
}

/// PostgreSQL takes functions for routines: what is taken from all routines is taken from a declared function.
#[test]
fn a_grant_on_all_routines_does_not_swallow_the_grants_on_a_function() {
    let on = |kind: &str| format!("(grant (privileges (execute)) (on {kind}) (every yes) (to ((role app))))");
    let schema = |grants: &str| set(&format!("{APP} (schema (item P) (name public) (grants ({grants})))"));
    let (both, one) = (schema(&format!("{} {}", on("functions"), on("routines"))), schema(&on("functions")));
    let up = migration(&both, &one).unwrap().up;
    let sweep = up.find("REVOKE ALL ON ALL ROUTINES IN SCHEMA public FROM app;").unwrap();
    assert!(up.find("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO app;").unwrap() > sweep, "{up}");
}

#[test]
fn a_membership_with_other_options_is_granted_anew() {
    let with = |options: &str| set(&format!("{APP} (role (item L) (name login) (login yes) (member_of ((member (role app) {options}))))"));
    let up = migration(&with("(inherit no)"), &with("")).unwrap().up;
    let revoke = up.find("REVOKE app FROM login;").unwrap();
    assert!(up.find("GRANT app TO login;").unwrap() > revoke);
}

#[test]
fn no_role_is_ever_dropped() {
    let migration = pending(None, &checked(RICH)).unwrap();
    assert!(!migration.down.contains("DROP ROLE") && !migration.up.contains("DROP ROLE"));
    assert!(migration.down.contains("No longer declared under this name. Roles are never dropped."));
}

#[test]
fn another_renderer_makes_everything_count_as_changed() {
    let rich = checked(RICH);
    let mut lock = Lock::read(&Lock::write(&rich)).unwrap();
    lock.fingerprint ^= 1;
    let up = pending(Some(&lock), &rich).unwrap().up;
    for statement in render(&rich).statements {
        assert!(up.contains(&statement.apply), "{}", statement.apply);
    }
}

const READER: &str = "(role (item Reader) (name mv_reader)) (role (item Anon) (name mv_anon) (external yes))";
const PAGES: &str = "(table (item Page) (relation (public pages)) (tenancy none)
    (columns ((column (field id) (name id) (kind integer)) (column (field published) (name published) (kind boolean))))
    (rules ((rule (kind permit) (commands ((on (command select)))) (to ((role mv_reader))) (using true)))))";
/// Its policy reads the view.
const TASKS: &str = "(table (item Task) (relation (public tasks)) (tenancy none) (columns ((column (field id) (name id) (kind bigint))))
    (rules ((rule (kind permit) (commands ((on (command select)))) (to ((role mv_anon))) (using (in-query (self id)
        (select (columns ((column o id))) (from ((from (source (table (public open_pages))) (alias o))))) no))))))";
const GRANTS: &str = "(definer mv_reader) (grants ((grant (privileges ((select ()))) (to ((role mv_anon))))))";

/// The views `open_pages`, with these columns, and `over`, which reads it and stands before it.
fn views(columns: &[(&str, &str)]) -> Checked {
    let declared: String = columns.iter().map(|(name, kind)| format!("(column (field {name}) (name {name}) (kind {kind}))")).collect();
    let output: String = columns.iter().map(|(name, _)| format!("(column p {name})")).collect();
    let over = "(view (item Over) (relation (public over)) (columns ((column (field id) (name id) (kind integer))))
        (query (select (columns ((column o id))) (from ((from (source (table (public open_pages))) (alias o))))))";
    let open = format!(
        "(view (item Open) (relation (public open_pages)) (columns ({declared})) (query (select (columns ({output}))
            (from ((from (source (table (public pages))) (alias p)))) (filter (column p published)))) {GRANTS})"
    );
    set(&format!("{READER} {over} {GRANTS}) {open} {PAGES} {TASKS}"))
}

/// What stands on it makes way and comes back: another view, a policy, owners and grants.
#[test]
fn a_view_with_other_columns() {
    let (old, new) = (views(&[("id", "integer")]), views(&[("published", "boolean"), ("id", "integer")]));
    insta::assert_snapshot!(both(&migration(&old, &new).unwrap()));
}

#[test]
fn a_renamed_table_in_the_query_of_a_view() {
    let old = views(&[("id", "integer")]);
    let renamed = |text: String| {
        let text = text.replace("(public pages)", "(public sheets)");
        text.replace("(item Page) (relation (public sheets))", "(item Page) (relation (public sheets)) (renamed_from (public pages))")
    };
    let new = checked(&renamed(old.set().note().compact()));
    let migration = migration(&old, &new).unwrap();
    assert!(migration.up.contains("RENAME TO sheets") && !migration.up.contains("VIEW"), "{}", migration.up);
}

#[cfg(feature = "testing")]
mod on_a_server {
    use super::live::{apply, block_on, catalog, database, refused, run, same, text};
    use super::*;

    #[test]
    fn up_down_up() {
        block_on(async {
            let (database, mut admin, mut migrator) = database("mu").await;
            let migration = pending(None, &checked(&RICH.replace("hr_", "mu_").replace("hr Reporter", "mu Reporter"))).unwrap();
            let before = catalog(&mut admin, "no_roles").await;
            apply(&mut migrator, &migration.up).await;
            let reached = catalog(&mut admin, "mu").await;
            apply(&mut migrator, &migration.up).await;
            same(&reached, &catalog(&mut admin, "mu").await);
            apply(&mut migrator, &migration.down).await;
            let back = catalog(&mut admin, "no_roles").await;
            // What was taken from PUBLIC stays taken, and an empty list of privileges is not the absent one.
            for line in before.lines().filter(|line| line.contains(" f f") && !line.contains("events 2026-01")) {
                assert!(back.contains(line), "{line}\n\n{back}");
            }
            assert_eq!(text(&mut admin, "SELECT count(*)::text FROM pg_policy").await, "0");
            apply(&mut migrator, &migration.down).await;
            apply(&mut migrator, &migration.up).await;
            same(&reached, &catalog(&mut admin, "mu").await);
            database.drop().await.unwrap();
        });
    }

    #[test]
    fn a_view_with_other_columns_and_back() {
        block_on(async {
            let (database, mut admin, mut migrator) = database("mv").await;
            let named = |set: Checked| checked(&set.set().note().compact().replace("(owner owner)", "(owner mv_owner)"));
            let first = named(views(&[("id", "integer")]));
            let second = named(views(&[("published", "boolean"), ("id", "integer")]));
            run(&mut admin, "GRANT USAGE ON SCHEMA public TO mv_anon; INSERT INTO pages VALUES (1, true), (2, false); INSERT INTO tasks SELECT n, gen_random_uuid() FROM generate_series(1, 3) n").await;
            apply(&mut migrator, &pending(None, &first).unwrap().up).await;
            let reached = catalog(&mut admin, "mv").await;
            let step = migration(&first, &second).unwrap();
            apply(&mut migrator, &step.up).await;
            run(&mut admin, "SET ROLE mv_anon").await;
            assert_eq!(text(&mut admin, "SELECT concat_ws(' ', published, id) FROM open_pages").await, "t 1");
            assert_eq!(text(&mut admin, "SELECT id::text FROM over").await, "1");
            assert_eq!(text(&mut admin, "SELECT id::text FROM tasks").await, "1");
            run(&mut admin, "RESET ROLE").await;
            // The same as from nothing, and back again.
            let changed = catalog(&mut admin, "mv").await;
            apply(&mut migrator, &render(&second).sql()).await;
            same(&changed, &catalog(&mut admin, "mv").await);
            apply(&mut migrator, &step.down).await;
            same(&reached, &catalog(&mut admin, "mv").await);
            apply(&mut migrator, &pending(None, &first).unwrap().down).await;
            assert_eq!(text(&mut admin, "SELECT count(*)::text FROM pg_views WHERE schemaname = 'public'").await, "0");
            database.drop().await.unwrap();
        });
    }

    #[test]
    fn renamed_and_back() {
        block_on(async {
            // An alias is called like the table whose name changes: what it is written as is of no account.
            let seen = async |conn: &mut _| catalog(conn, "mr").await.replace("documents_1", "documents");
            let (database, mut admin, mut migrator) = database("mr").await;
            let first = RICH.replace("hr_", "mr_").replace("hr Reporter", "mr Reporter");
            let second = first
                .replace("(name mr_app)", "(name mr_api) (renamed_from mr_app)")
                .replace("(role mr_app)", "(role mr_api)")
                .replace(
                    "(item Document) (relation (public documents))",
                    "(item Document) (relation (public papers)) (renamed_from (public documents))",
                )
                .replace("(name owner_edits)", "(name owners) (renamed_from owner_edits)");
            let (first, second) = (checked(&first), checked(&second));
            apply(&mut migrator, &pending(None, &first).unwrap().up).await;
            let reached = seen(&mut admin).await;
            let step = migration(&first, &second).unwrap();
            apply(&mut migrator, &step.up).await;
            let renamed = seen(&mut admin).await;
            assert!(
                !renamed.contains("mr_app") && !renamed.contains("documents ") && renamed.contains("papers owners_update"),
                "{renamed}"
            );
            // The same as from nothing, and the same again.
            apply(&mut migrator, &render(&second).sql()).await;
            same(&renamed, &seen(&mut admin).await);
            apply(&mut migrator, &step.down).await;
            same(&reached, &seen(&mut admin).await);
            apply(&mut migrator, &step.up).await;
            same(&renamed, &seen(&mut admin).await);
            apply(&mut migrator, &step.down).await;
            database.drop().await.unwrap();
        });
    }

    #[test]
    fn a_table_that_the_application_dropped_is_no_obstacle() {
        block_on(async {
            let (database, mut admin, mut migrator) = database("md").await;
            let whole = checked(&RICH.replace("hr_", "md_").replace("hr Reporter", "md Reporter"));
            apply(&mut migrator, &pending(None, &whole).unwrap().up).await;
            run(&mut admin, "DROP TABLE email_queue, tokens, events; DROP SEQUENCE token_numbers").await;
            let mut less = whole.set().clone();
            less.items.retain(|item| !["QueuedEmail", "Token", "Event"].contains(&item.name()));
            apply(&mut migrator, &migration(&whole, &trusted(less)).unwrap().up).await;
            run(&mut admin, "SET ROLE md_worker").await;
            assert_eq!(refused(&mut admin, "SELECT FROM documents").await, "42501");
            database.drop().await.unwrap();
        });
    }
}
