//! Questions that are exponential for whoever learns nothing from one half of them about the other.

use policy_core::prove::{Ref, Space};

use crate::{never, sort};

/// x0 and xn are joined by diamonds, and yet apart.
fn diamonds(n: usize, ordered: bool, reversed: bool) -> (Space, Ref) {
    let mut space = Space::new();
    let value = sort(&mut space, "value", true, ordered);
    let at = |letter: &str, number: usize| format!("{letter}{}", if reversed { n - number } else { number });
    let mut parts = Vec::new();
    for i in 0..n {
        let [x, y, z] = ["x", "y", "z"].map(|letter| space.free(&at(letter, i), value));
        let next = space.free(&at("x", i + 1), value);
        let ways = [y, z].map(|middle| {
            let links = [space.equal(x, middle), space.equal(middle, next)];
            space.and(links)
        });
        parts.push(space.or(ways));
    }
    let (first, last) = (space.free(&at("x", 0), value), space.free(&at("x", n), value));
    parts.push(!space.equal(first, last));
    let root = space.and(parts);
    (space, root)
}

#[test]
fn diamonds_take_no_exponential_time() {
    for ordered in [false, true] {
        for reversed in [false, true] {
            let (space, root) = diamonds(20, ordered, reversed);
            never(&space, root);
        }
    }
}

#[test]
fn diamonds_of_functions_take_no_exponential_time() {
    let mut space = Space::new();
    let value = sort(&mut space, "value", true, false);
    let f = space.symbol("f");
    let mut parts = Vec::new();
    for i in 0..20 {
        let [x, next] = [i, i + 1].map(|i| space.free(&format!("x{i}"), value));
        let ways = ["y", "z"].map(|letter| {
            let middle = space.free(&format!("{letter}{i}"), value);
            let links = [space.equal(x, middle), space.equal(middle, next)];
            space.and(links)
        });
        parts.push(space.or(ways));
    }
    let [first, last] = [0, 20].map(|i| {
        let x = space.free(&format!("x{i}"), value);
        space.term(policy_core::prove::Term::Apply(f, vec![x]), value, false)
    });
    parts.push(!space.equal(first, last));
    let root = space.and(parts);
    never(&space, root);
}

/// More pigeons than holes: nothing but clauses.
#[test]
fn pigeons_do_not_fit() {
    let mut space = Space::new();
    let value = sort(&mut space, "value", true, false);
    let sits = space.symbol("sits");
    let (pigeons, holes) = (5, 4);
    let mut at = Vec::new();
    for pigeon in 0..pigeons {
        let row: Vec<Ref> = (0..holes)
            .map(|hole| {
                let args = vec![space.free(&format!("p{pigeon}"), value), space.free(&format!("h{hole}"), value)];
                space.holds(sits, args)
            })
            .collect();
        at.push(row);
    }
    let mut parts: Vec<Ref> = at.iter().map(|row| space.or(row.clone())).collect();
    for (a, b) in (0..pigeons).flat_map(|a| (0..a).map(move |b| (a, b))) {
        for (one, other) in at[a].iter().zip(&at[b]) {
            parts.push(!space.and([*one, *other]));
        }
    }
    let root = space.and(parts);
    never(&space, root);
}
