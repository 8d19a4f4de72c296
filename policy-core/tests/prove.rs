//! Questions to the prover whose answers are known.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failure here is a failed test")]

#[path = "prove/doubts.rs"]
mod doubts;
#[path = "prove/small.rs"]
mod small;
#[path = "prove/traps.rs"]
mod traps;

use policy_core::model::{Expr, Kind, Test};
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
    leaks("tenant_id = ctx.tenant_id OR status = 'public'", MINE, "status = 'public', tenant_id = B, ctx.tenant_id = A");
}

#[test]
fn what_null_lets_through() {
    let world = small();
    let unset = Expr::new(Kind::Is(Box::new(Expr::new(Kind::Ctx("tenant_id".to_owned()))), Test::Null, false));
    let open = Expr::any([unset, world.expr(MINE)]);
    match implies(&world.world, &world, &open, &world.expr(MINE), BUDGET) {
        Verdict::Holds(witness) => assert_eq!(witness.to_string(), "ctx.tenant_id IS NULL"),
        verdict => panic!("{verdict:?}"),
    }
    leaks("owner_id IS NULL OR owner_id = ctx.user_id", "owner_id = ctx.user_id", "owner_id IS NULL");
    proved("flag IS NOT TRUE", "NOT flag OR flag IS NULL");
    leaks("true", "flag OR NOT flag", "flag IS NULL");
    proved("true", "archived OR NOT archived");
    proved("status <> ALL (ARRAY['a', NULL])", "false");
}

#[test]
fn rows_of_subqueries() {
    let member = "EXISTS (SELECT 1 FROM m WHERE m.tenant_id = self.tenant_id AND m.user_id = ctx.user_id)";
    proved(&format!("{MINE} AND {member}"), MINE);
    leaks(member, MINE, "tenant_id = C, ctx.tenant_id = A, ctx.user_id = B, a row of m with tenant_id = C, user_id = B");
    leaks("EXISTS (SELECT 1 FROM m WHERE m.feel = 'high')", "false", "a row of m with feel = 'high'");
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

#[test]
fn times_and_numbers() {
    proved("level >= 3", "level >= 2");
    leaks("level >= 2", "level >= 3", "level = 2");
    proved("level >= 3 AND expires_at > now() AND created_at <= now()", "created_at < expires_at");
    proved("created_at > now() - interval '1 hour'", "created_at > now() - interval '90 minutes'");
    proved("count + 1 > 5", "count >= 5");
    proved("day < date '2024-03-01'", "day <= '2024-02-29'");
    // Equal numbers may be written otherwise.
    may_leak("amount = n", "amount::text = n::text", &["amount::text", "n::text"]);
    leaks("created_at < created_at + interval '1 hour'", "false", "created_at = '1999-12-31 23:00:00'");
    may_leak("true", "until IS NULL OR until < until + interval '1 hour'", &["an infinite value"]);
    proved("mood > 'mid'", "mood = 'high'");
    proved("mood::text IN ('low', 'mid')", "mood <> 'high'");
    proved("code = name AND lower(code) = 'y'", "lower(name) = 'y'");
}

#[test]
fn what_is_open() {
    proved("app.is_member(team_id) AND tenant_id = ctx.tenant_id", MINE);
    proved("app.is_member(team_id) AND team_id = owner_id", "app.is_member(owner_id)");
    may_leak("app.is_member(team_id)", MINE, &["app.is_member(team_id)"]);
    may_leak("app.dice(team_id)", "app.dice(team_id)", &["app.dice(team_id)"]);
    proved("team_id = ANY (ctx.teams)", "ctx.teams IS NOT NULL");
    proved("team_id = ANY (ctx.teams) AND owner_id = team_id", "owner_id = ANY (ctx.teams)");
    leaks("team_id = ANY (ctx.teams)", "tenant_id = team_id", "team_id = A, tenant_id = B, ctx.teams = {A}");
    proved("owner_id::text = ctx.user_id::text", "owner_id = ctx.user_id");
}
