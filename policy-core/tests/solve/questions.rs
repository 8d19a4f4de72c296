//! One question for each thing that is known of values.

use policy_core::prove::{Constant, Ref, Space, Term, TermId, UNIT, Value};

use crate::{holds, never, number, sort};

fn label(space: &mut Space, of: policy_core::prove::SortId, text: &str) -> TermId {
    space.constant(Constant::Label(text.to_owned()), of)
}

#[test]
fn a_tenant_policy_keeps_tenants_apart() {
    let mut space = Space::new();
    let uuid = sort(&mut space, "uuid", true, false);
    let text = sort(&mut space, "text", true, false);
    let (tenant, caller, status) = (space.free("tenant_id", uuid), space.free("cur", uuid), space.free("status", text));
    let public = label(&mut space, text, "public");
    let (own, public) = (space.equal(tenant, caller), space.equal(status, public));
    let flag = space.symbol("flag");
    let flag = space.holds(flag, Vec::new());
    let either = space.or([public, flag]);
    let policy = space.and([own, either]);
    let leak = space.and([policy, !own]);
    never(&space, leak);
    let loose = space.or([own, public]);
    let leak = space.and([loose, !own]);
    let model = holds(&space, leak);
    assert_eq!(model.value(status), Value::Label("public".to_owned()));
    assert_ne!(model.value(tenant), model.value(caller));
}

#[test]
fn trivial_questions_are_answered() {
    let space = Space::new();
    never(&space, Ref::FALSE);
    holds(&space, Ref::TRUE);
}

#[test]
fn equal_values_have_equal_functions_where_equality_is_identity() {
    for (image, proved) in [(true, true), (false, false)] {
        for ordered in [true, false] {
            let mut space = Space::new();
            let value = sort(&mut space, "value", image, ordered);
            let (x, y) = (space.free("x", value), space.free("y", value));
            let (f, p) = (space.symbol("f"), space.symbol("p"));
            let [fx, fy] = [x, y].map(|arg| space.term(Term::Apply(f, vec![arg]), value, false));
            let [px, py] = [x, y].map(|arg| space.holds(p, vec![arg]));
            let same = space.equal(x, y);
            let functions = space.equal(fx, fy);
            for root in [[same, !functions, Ref::TRUE], [same, px, !py]] {
                let root = space.and(root);
                if proved {
                    never(&space, root)
                } else {
                    holds(&space, root);
                }
            }
        }
    }
}

#[test]
fn constants_are_apart() {
    for ordered in [true, false] {
        let mut space = Space::new();
        let value = sort(&mut space, "value", true, ordered);
        let x = space.free("x", value);
        let (a, b) = (label(&mut space, value, "a"), label(&mut space, value, "b"));
        let five = number(&mut space, value, 5);
        for (one, other) in [(a, b), (a, five), (five, b)] {
            let parts = [space.equal(x, one), space.equal(x, other)];
            let root = space.and(parts);
            never(&space, root);
        }
    }
}

#[test]
fn bounds_add_up() {
    let mut space = Space::new();
    let value = sort(&mut space, "time", true, true);
    let [created, now, expires] = ["created", "now", "expires"].map(|name| space.free(name, value));
    let parts = [space.within(now, expires, 0, true), space.within(created, now, 0, false), space.within(expires, created, 0, false)];
    let root = space.and(parts);
    never(&space, root);
    let root = space.and([parts[0], parts[1]]);
    let model = holds(&space, root);
    assert!(model.place(created) <= model.place(now) && model.place(now) < model.place(expires));
}

#[test]
fn whole_numbers_leave_gaps() {
    for (integral, proved) in [(true, true), (false, false)] {
        let mut space = Space::new();
        let exact = sort(&mut space, "exact", false, true);
        let x = space.term(Term::Free("x".to_owned()), exact, integral);
        let (two, three) = (number(&mut space, exact, 2), number(&mut space, exact, 3));
        let parts = [space.within(two, x, 0, true), space.within(x, three, 0, true)];
        let root = space.and(parts);
        if proved {
            never(&space, root);
        } else {
            assert!(matches!(holds(&space, root).value(x), Value::Number(units) if 2 * UNIT < units && units < 3 * UNIT));
        }
    }
}

#[test]
fn whole_numbers_leave_gaps_around_others() {
    let mut space = Space::new();
    let exact = sort(&mut space, "exact", false, true);
    let [x, z] = ["x", "z"].map(|name| space.term(Term::Free(name.to_owned()), exact, true));
    let y = space.free("y", exact);
    // x - y <= 0.5 and y - z <= 0.3: x - z <= 0.8, and so x <= z.
    let parts = [space.within(x, y, UNIT / 2, false), space.within(y, z, 3 * UNIT / 10, false), space.within(z, x, 0, true)];
    let root = space.and(parts);
    never(&space, root);
    let root = space.and([parts[0], parts[1]]);
    holds(&space, root);
}

/// Less than half below and less than half again is less than one, which is none at all between whole numbers; twice that is none as well.
#[test]
fn whole_numbers_leave_gaps_around_others_that_are_smaller() {
    let mut space = Space::new();
    let exact = sort(&mut space, "exact", false, true);
    let [w, x, z] = ["w", "x", "z"].map(|name| space.term(Term::Free(name.to_owned()), exact, true));
    let [first, second] = ["first", "second"].map(|name| space.free(name, exact));
    let half = UNIT / 2;
    let parts = [
        space.within(x, first, half, true),
        space.within(first, z, half, true),
        space.within(z, second, half, true),
        space.within(second, w, half, true),
    ];
    let apart = space.within(w, x, 0, true);
    let root = space.and(parts.into_iter().chain([apart]));
    never(&space, root);
    // What is not less than that may be one.
    let loose = space.within(x, first, half, false);
    let also = space.within(first, z, half, false);
    let root = space.and([loose, also, parts[2], parts[3], apart]);
    holds(&space, root);
}

#[test]
fn few_whole_numbers_are_tried_one_by_one() {
    let mut space = Space::new();
    let int = sort(&mut space, "int", true, true);
    let p = space.symbol("p");
    let x = space.term(Term::Free("x".to_owned()), int, true);
    let (zero, one) = (number(&mut space, int, 0), number(&mut space, int, 1));
    let [px, p0, p1] = [x, zero, one].map(|arg| space.holds(p, vec![arg]));
    let parts = [space.within(zero, x, 0, false), space.within(x, one, 0, false), px, !p0, !p1];
    let root = space.and(parts);
    never(&space, root);
    let root = space.and([parts[0], parts[1], px, !p1]);
    assert_eq!(holds(&space, root).value(x), Value::Number(0));
}

#[test]
fn numbers_beyond_all_bounds_prove_nothing() {
    let mut space = Space::new();
    let value = sort(&mut space, "exact", false, true);
    let [x, y, z] = ["x", "y", "z"].map(|name| space.free(name, value));
    let parts = [space.within(x, y, i128::MIN, false), space.within(y, z, i128::MIN + 1, false), space.within(z, x, -1, false)];
    let root = space.and(parts);
    assert!(!matches!(policy_core::prove::solve(&space, root, crate::BUDGET), policy_core::prove::Answer::Model(_)));
}
