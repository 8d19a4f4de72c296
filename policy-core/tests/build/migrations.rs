//! The lock and the migrations: what is written, when, and what never is.

use super::*;

#[test]
fn written_once_then_in_step() {
    let package = system("written");
    let outcome = package.build(PLAIN);
    assert_eq!(codes(&outcome), ["H0701"]);
    assert!(!outcome.report.has_errors());
    insta::assert_snapshot!("not_written_yet", outcome.report.instructions().join("\n"));
    assert!(package.files("migrations").is_empty());

    let outcome = package.build(WRITE);
    assert_eq!(outcome.written, ["migrations/0001_policies.up.sql", "migrations/0001_policies.down.sql", "policy.lock"].map(PathBuf::from));
    assert_eq!(package.files("migrations"), ["0001_policies.down.sql", "0001_policies.up.sql"]);
    assert_eq!(package.files("."), ["migrations", "out", "policy.lock", "src"]);
    let lock = package.get("policy.lock");

    for variables in [PLAIN, WRITE, &[("CI", "true")]] {
        let outcome = package.build(variables);
        assert!(outcome.report.faults().is_empty() && outcome.written.is_empty());
    }
    assert_eq!(package.get("policy.lock"), lock);
    assert!(package.get("out/system.sql").contains("CREATE POLICY update_app"));
}

#[test]
fn a_change_is_one_more_migration() {
    let package = system("changed");
    let _ = package.build(WRITE);
    let first = package.get("migrations/0001_policies.up.sql");
    package.put(
        "src/lib.rs",
        &SYSTEM
            .replace("AND status <> \"signed\"", "AND status = \"draft\"")
            .replace("permit(select, insert,", "permit(select, insert, delete,"),
    );
    let outcome = package.build(PLAIN);
    insta::assert_snapshot!("out_of_step", said(&outcome));
    for variable in ["CI", "HEDGEROW_CHECK"] {
        let outcome = package.build(&[(variable, "1")]);
        assert!(outcome.report.has_errors());
        assert!(outcome.report.instructions().iter().all(|line| line.starts_with("cargo::error=")));
    }
    assert!(!package.build(&[("CI", "false")]).report.has_errors());
    let _ = package.build(&[("HEDGEROW_WRITE", "1"), ("HEDGEROW_NAME", "drafts_only")]);
    assert_eq!(
        package.files("migrations"),
        ["0001_policies.down.sql", "0001_policies.up.sql", "0002_drafts_only.down.sql", "0002_drafts_only.up.sql"]
    );
    assert_eq!(package.get("migrations/0001_policies.up.sql"), first);
    insta::assert_snapshot!("changed_up", package.get("migrations/0002_drafts_only.up.sql"));
    insta::assert_snapshot!("changed_down", package.get("migrations/0002_drafts_only.down.sql"));
    assert!(package.build(&[("CI", "1")]).report.faults().is_empty());
    let outcome = system("bad_name").build(&[("HEDGEROW_WRITE", "1"), ("HEDGEROW_NAME", "../x")]);
    assert_eq!((codes(&outcome), outcome.report.has_errors()), (vec!["H0701".to_owned()], true));
}

#[test]
fn versions_follow_those_in_use() {
    let package = system("timestamps").with("migrations/20240131120000_tables.sql", "SELECT 1;").with("migrations/7_old.sql", "");
    let _ = package.build(WRITE);
    assert!(package.files("migrations").contains(&"20240131120001_policies.up.sql".to_owned()));
}

#[test]
fn nothing_is_written_or_judged_in_a_package_or_on_docs_rs() {
    for marker in ["Cargo.toml.orig", ".cargo_vcs_info.json"] {
        let package = system(&format!("packaged_{marker}")).with(marker, "");
        let outcome = package.build(&[("HEDGEROW_WRITE", "1"), ("CI", "1")]);
        assert!(outcome.report.faults().is_empty() && outcome.written.is_empty());
        assert!(package.files("migrations").is_empty());
        assert!(package.get("out/system.sql").contains("CREATE POLICY"));
    }
    let outcome = system("docs_rs").build(&[("HEDGEROW_WRITE", "1"), ("DOCS_RS", "1"), ("CI", "1")]);
    assert!(outcome.report.faults().is_empty() && outcome.written.is_empty());
}

#[test]
fn a_file_that_is_there_is_never_touched() {
    let package = system("existing").with("migrations/0001_policies.down.sql", "-- mine\n");
    let outcome = package.build(WRITE);
    // It counts as a version: the next one is taken.
    assert_eq!(outcome.written[0], PathBuf::from("migrations/0002_policies.up.sql"));
    assert_eq!(package.get("migrations/0001_policies.down.sql"), "-- mine\n");
    // A folder of that name is no version, and cannot be written over either.
    let package = system("folder_in_the_way");
    fs::create_dir_all(package.root.join("migrations")).unwrap();
    fs::create_dir_all(package.root.join("policy.lock")).unwrap();
    assert_eq!(codes(&package.build(WRITE)), ["H0702"]);
    assert!(package.files("migrations").is_empty());
}

#[test]
fn a_version_that_cannot_be_passed_is_not_written_over() {
    let last = "migrations/18446744073709551615_policies.down.sql";
    let package = system("last_version").with(last, "-- mine\n");
    assert_eq!(codes(&package.build(WRITE)), ["H0705"]);
    assert_eq!(package.get(last), "-- mine\n");
    assert_eq!(package.files("migrations"), ["18446744073709551615_policies.down.sql"]);
    assert!(!package.root.join("policy.lock").exists());
}

#[test]
fn a_damaged_lock_is_left_alone() {
    let package = system("damaged");
    let _ = package.build(WRITE);
    let lock = package.get("policy.lock");
    for damage in ["", "<<<<<<< HEAD\n", &lock[..lock.len() / 2], &lock.replace("documents", "doc(uments")] {
        package.put("policy.lock", damage);
        let outcome = package.build(WRITE);
        assert_eq!(codes(&outcome), ["H0702"]);
        assert!(outcome.report.has_errors() && outcome.written.is_empty());
        assert_eq!(package.get("policy.lock"), damage);
        assert_eq!(package.files("migrations").len(), 2);
        assert!(package.get("out/system.sql").starts_with("hedgerow: there is no SQL"));
    }
}

#[test]
fn another_notation_moves_the_lock_without_a_migration() {
    let package = system("notation");
    let _ = package.build(WRITE);
    let lock = package.get("policy.lock");
    package.put("policy.lock", &lock.replace("\n; The", "\n; A note.\n; The"));
    assert!(package.build(&[("CI", "1")]).report.faults().is_empty());
    let outcome = package.build(WRITE);
    assert!(outcome.written.is_empty() && outcome.report.faults().is_empty());
    assert_eq!(package.get("policy.lock"), lock);
    assert_eq!(package.files("migrations").len(), 2);
}

#[test]
fn an_interrupted_write_is_finished() {
    let package = system("interrupted");
    let _ = package.build(WRITE);
    let down = package.get("migrations/0001_policies.down.sql");
    fs::remove_file(package.root.join("policy.lock")).unwrap();
    let outcome = package.build(WRITE);
    assert!(!outcome.report.has_errors());
    assert_eq!(package.files("migrations").len(), 2);
    assert!(package.root.join("policy.lock").exists());
    fs::remove_file(package.root.join("policy.lock")).unwrap();
    fs::remove_file(package.root.join("migrations/0001_policies.down.sql")).unwrap();
    let _ = package.build(WRITE);
    assert_eq!(package.get("migrations/0001_policies.down.sql"), down);
    assert_eq!(package.files("."), ["migrations", "out", "policy.lock", "src"]);
}

#[test]
fn several_sets_have_several_locks() {
    let text = format!("{SYSTEM}\n#[derive(Role)]\n#[role(login)]\npub struct Other;\npolicy_set! {{ pub SECOND {{ items: [Other] }} }}\n");
    let package = Package::new("several").with("src/lib.rs", &text);
    let outcome = package.build(WRITE);
    assert!(!outcome.report.has_errors(), "{}", said(&outcome));
    assert_eq!(package.files("policy"), ["second.lock", "system.lock"]);
    assert_eq!(
        package.files("migrations"),
        ["0001_policies_system.down.sql", "0001_policies_system.up.sql", "0002_policies_second.down.sql", "0002_policies_second.up.sql"]
    );
    assert_eq!(package.files("out"), ["hedgerow.items", "second.sql", "system.sql"]);
    assert!(package.build(&[("CI", "1")]).report.faults().is_empty());
}

#[test]
fn cargo_is_told_what_to_watch() {
    let package = system("watched");
    let _ = package.build(WRITE);
    let root = package.root.display().to_string();
    let lines: Vec<String> = package.build(PLAIN).instructions().iter().map(|line| line.replace(&root, "ROOT")).collect();
    insta::assert_snapshot!("watched", lines.join("\n"));
    let modified = |path: &str| fs::metadata(package.root.join(path)).unwrap().modified().unwrap();
    let before = modified("out/system.sql");
    let _ = package.build(PLAIN);
    assert_eq!(modified("out/system.sql"), before);
}
