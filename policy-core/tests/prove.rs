//! Questions to the prover whose answers are known.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failure here is a failed test")]

#[path = "prove/small.rs"]
mod small;
#[path = "prove/traps.rs"]
mod traps;

use policy_core::prove::{BUDGET, Verdict, implies};
use small::{Small, small};

fn asked(world: &Small, from: &str, to: &str) -> Verdict {
    implies(&world.world, world, &world.expr(from), &world.expr(to), BUDGET)
}

#[track_caller]
fn proved(from: &str, to: &str) {
    let world = small();
    let verdict = asked(&world, from, to);
    assert!(verdict.is_never(), "{from}  =>  {to}: {verdict:?}");
}

#[track_caller]
fn leaks(from: &str, to: &str, row: &str) {
    let world = small();
    match asked(&world, from, to) {
        Verdict::Holds(witness) => assert_eq!(witness.to_string(), row, "{from}  =>  {to}"),
        verdict => panic!("{from}  =>  {to}: {verdict:?}"),
    }
}

#[track_caller]
fn may_leak(from: &str, to: &str, on: &[&str]) {
    let world = small();
    match asked(&world, from, to) {
        Verdict::Possible(_, names) => assert_eq!(names, on, "{from}  =>  {to}"),
        verdict => panic!("{from}  =>  {to}: {verdict:?}"),
    }
}

const MINE: &str = "tenant_id = ctx.tenant_id";

#[test]
fn a_tenant_is_kept_apart() {
    proved("tenant_id = ctx.tenant_id AND (status = 'public' OR owner_id = ctx.user_id)", MINE);
    proved("NOT (tenant_id <> ctx.tenant_id)", MINE);
    proved("tenant_id IN (ctx.tenant_id)", MINE);
    proved("ctx.tenant_id = ANY (ARRAY[tenant_id])", MINE);
    proved("CASE WHEN archived THEN false ELSE tenant_id = ctx.tenant_id END", MINE);
    proved("coalesce(tenant_id = ctx.tenant_id, false)", MINE);
    proved("(tenant_id, level) = (ctx.tenant_id, 3)", MINE);
    proved("tenant_id IS NOT DISTINCT FROM ctx.tenant_id", MINE);
    leaks("tenant_id = ctx.tenant_id OR status = 'public'", MINE, "status = 'public', tenant_id = A, ctx.tenant_id IS NULL");
}

#[test]
fn what_null_lets_through() {
    leaks("owner_id IS NULL OR owner_id = ctx.user_id", "owner_id = ctx.user_id", "owner_id IS NULL, ctx.user_id = A");
    proved("flag IS NOT TRUE", "NOT flag OR flag IS NULL");
    leaks("true", "flag OR NOT flag", "flag IS NULL");
    proved("true", "archived OR NOT archived");
    proved("status NOT IN ('a', NULL)", "false");
}

#[test]
fn rows_of_subqueries() {
    let member = "EXISTS (SELECT 1 FROM m WHERE m.tenant_id = self.tenant_id AND m.user_id = ctx.user_id)";
    proved(&format!("{MINE} AND {member}"), MINE);
    leaks(member, MINE, "tenant_id = B, ctx.tenant_id IS NULL, ctx.user_id = A, a row of m with tenant_id = B, user_id = A");
    proved("EXISTS (SELECT 1 FROM m WHERE m.tenant_id = self.tenant_id AND m.tenant_id = ctx.tenant_id)", MINE);
    proved("tenant_id IN (SELECT m.tenant_id FROM m WHERE m.tenant_id = ctx.tenant_id)", MINE);
    proved(
        "EXISTS (SELECT 1 FROM m JOIN o ON o.team_id = m.team_id WHERE o.tenant_id = ctx.tenant_id AND o.tenant_id = self.tenant_id)",
        MINE,
    );
    proved(
        "EXISTS (SELECT 1 FROM m WHERE m.team_id = self.team_id AND m.role = 'admin')",
        "EXISTS (SELECT 1 FROM m AS x WHERE x.team_id = self.team_id)",
    );
    proved("team_id IN (SELECT m.team_id FROM m)", "EXISTS (SELECT 1 FROM m WHERE m.team_id = self.team_id)");
    proved("team_id = ANY (ARRAY(SELECT m.team_id FROM m))", "team_id IN (SELECT m.team_id FROM m)");
}
