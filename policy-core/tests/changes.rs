//! Which relations a change reaches: those that it names, and those whose predicates or queries read them.
#![cfg(feature = "build")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failure here is a failed test")]

use policy_core::analyze::{Change, RelationState, State, changes};
use policy_core::build::{Source, assemble, scan_texts};
use policy_core::model::{Expr, Relation};

const SET: &str = r#"
    #[derive(Context)] #[context(prefix = "app")] struct Request { tenant_id: Uuid, user_id: Uuid }
    #[derive(Role)] #[role()] struct App;
    #[derive(Policy)] #[policy(table = "members", context = Request, tenant(tenant_id = ctx.tenant_id),
        permit(select, to = App, using(user_id = ctx.user_id)))]
    struct Member { tenant_id: Uuid, user_id: Uuid, team_id: Uuid }
    #[derive(Policy)] #[policy(table = "teams", context = Request, tenant(tenant_id = ctx.tenant_id),
        permit(select, to = App, using(id IN (SELECT m.team_id FROM Member m))))]
    struct Team { id: Uuid, tenant_id: Uuid }
    #[derive(Policy)] #[policy(table = "others", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App))]
    struct Other { id: Uuid, tenant_id: Uuid }
    #[derive(View)] #[view(name = "my_teams", grant(select, to = App), query(SELECT t.id FROM Team t))]
    struct MyTeam { id: Uuid }
    policy_set! { ALL { versions: 15..=18, items: [Request, App, Member, Team, Other, MyTeam] } }
"#;

fn state() -> State {
    let assembly = assemble(scan_texts(vec![Source { shown: "src/lib.rs".to_owned(), text: SET.to_owned(), folder: None }]));
    let found = assembly.sets.first().map(|set| State::of(set.set()));
    found.unwrap_or_else(|| State { name: format!("{:?}", assembly.faults), ..State::default() })
}

/// What an edit of a relation changes, by relation.
fn changed(name: &str, edit: impl FnOnce(&mut RelationState)) -> Vec<(String, Change)> {
    let old = state();
    let mut new = old.clone();
    let relation = Relation::parse(name).unwrap();
    edit(new.relations.get_mut(&relation).unwrap_or_else(|| panic!("{name} is not in {}", old.name)));
    let mut found: Vec<(String, Change)> = changes(&old, &new).all.into_iter().map(|one| (one.object, one.change)).collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn nothing_changes_by_itself() {
    assert_eq!(changed("public.teams", |_| {}), []);
}

#[test]
fn what_reads_a_widened_table_is_wider() {
    let open = |table: &mut RelationState| {
        let permits = table.policies.iter_mut().filter(|policy| policy.permissive);
        permits.for_each(|policy| policy.using = policy.using.as_ref().map(|_| Expr::truth()));
    };
    let wider = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), Change::Wider)).collect::<Vec<_>>();
    assert_eq!(changed("public.members", open), wider(&["public.members", "public.my_teams", "public.teams"]));
    assert_eq!(changed("public.teams", open), wider(&["public.my_teams", "public.teams"]));
    // The floor keeps the tenants apart, and there is nothing else.
    assert_eq!(changed("public.others", open), []);
}
