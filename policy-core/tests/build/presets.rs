//! Ready-made items: found by the module in their path, and told from items of the same name.

use super::*;

fn faults(items: &str, more: &str) -> Vec<String> {
    let text = format!("{more}\npolicy_set! {{ pub S {{ items: [{items}] }} }}\n");
    let assembly = assemble(scan_texts(vec![Source { shown: "src/lib.rs".to_owned(), text, folder: None }]));
    let line = |fault: &policy_core::build::Fault| {
        let at = fault.position.as_ref().map(|at| format!("{}:{} ", at.line, at.column)).unwrap_or_default();
        format!("{at}{}", fault.diagnostic.text())
    };
    assembly.faults.iter().map(line).collect()
}

const POSTGREST: &str = "postgrest::Anon, postgrest::Authenticated, postgrest::Authenticator, postgrest::Jwt";

#[test]
fn a_path_that_names_the_module_leads_there() {
    assert_eq!(faults(POSTGREST, ""), Vec::<String>::new());
    assert_eq!(faults("hedgerow::presets::neon::Anonymous, hedgerow::presets::neon::Jwt", ""), Vec::<String>::new());
    let all = "supabase::Anon, supabase::Authenticated, supabase::ServiceRole, supabase::Authenticator, supabase::Auth, supabase::Jwt";
    assert_eq!(faults(all, ""), Vec::<String>::new());
}

#[test]
fn any_other_path_does_not() {
    insta::assert_snapshot!("presets_without_module", faults("Anon, neon::Anon, other::Jwt", "").join("\n\n"));
}

#[test]
fn a_faulty_use_is_shown_at_the_entry() {
    insta::assert_snapshot!("presets_incomplete", faults("neon::Jwt, postgrest::Authenticator", "").join("\n\n"));
}

#[test]
fn an_item_of_the_sources_is_told_from_a_ready_made_one() {
    let own = "#[derive(Role)] #[role(login)] pub struct Anon;";
    insta::assert_snapshot!("presets_and_sources", faults("supabase::Anon", own).join("\n\n"));
    assert_eq!(faults("crate::supabase::Anon", own), Vec::<String>::new());
    assert_eq!(faults("Anon", own), Vec::<String>::new());
    // A module of that name that has what the ready-made one lacks.
    assert_eq!(faults("supabase::Worker", "mod supabase { #[derive(Role)] #[role(login)] pub struct Worker; }"), Vec::<String>::new());
}
