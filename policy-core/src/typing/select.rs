//! Which of several operators or functions of one name is meant.
//!
//! In: the types given, the candidates' types. Out: the one, or that there is none, or no unique one. Must not know what
//! the candidates are. Source: `func_match_argtypes` and `func_select_candidate` of PostgreSQL's `parse_func.c`;
//! documentation 10.2 and 10.3.

use super::TypeId;
use super::coerce::{Context, can_coerce};
use super::world::World;

/// What came of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// The candidate of that index.
    One(usize),
    /// None takes these types.
    None,
    /// Several do.
    Several,
}

/// A candidate: its index in the caller's list, and its types.
type Candidate<'a> = (usize, &'a [TypeId]);

/// Chooses among the candidates that could take these types.
pub(super) fn choose(world: &World, given: &[TypeId], candidates: &[&[TypeId]]) -> Choice {
    let able = candidates.iter().enumerate().filter(|(_, types)| can_coerce(world, given, types, Context::Implicit));
    let able: Vec<Candidate<'_>> = able.map(|(index, types)| (index, *types)).collect();
    match able.as_slice() {
        [] => Choice::None,
        [(index, _)] => Choice::One(*index),
        _ => best(world, given, able).map_or(Choice::Several, Choice::One),
    }
}

fn best(world: &World, given: &[TypeId], candidates: Vec<Candidate<'_>>) -> Option<usize> {
    let given: Vec<TypeId> = given.iter().map(|kind| world.base(*kind)).collect();
    let exact = |given: TypeId, wanted: TypeId| given != TypeId::UNKNOWN && given == wanted;
    let candidates = most(candidates, |types| given.iter().zip(types).filter(|(a, b)| exact(**a, **b)).count());
    if let [(only, _)] = candidates.as_slice() {
        return Some(*only);
    }
    let preferred = |given: TypeId, wanted: TypeId| {
        let category = world.category(given);
        given != TypeId::UNKNOWN && world.is_preferred(wanted) && world.category(wanted) == category
    };
    let good = |given: TypeId, wanted: TypeId| exact(given, wanted) || preferred(given, wanted);
    let candidates = most(candidates, |types| given.iter().zip(types).filter(|(a, b)| good(**a, **b)).count());
    if let [(only, _)] = candidates.as_slice() {
        return Some(*only);
    }
    if !given.contains(&TypeId::UNKNOWN) {
        return None;
    }
    let candidates = by_category(world, &given, candidates);
    if let [(only, _)] = candidates.as_slice() {
        return Some(*only);
    }
    as_the_known(world, &given, &candidates)
}

/// Those with the highest score; all if none scores.
fn most<'a>(candidates: Vec<Candidate<'a>>, score: impl Fn(&[TypeId]) -> usize) -> Vec<Candidate<'a>> {
    let scores: Vec<usize> = candidates.iter().map(|(_, types)| score(types)).collect();
    let best = scores.iter().copied().max().unwrap_or(0);
    candidates.into_iter().zip(scores).filter(|(_, score)| *score == best).map(|(candidate, _)| candidate).collect()
}

/// Where a type is unknown: candidates of the category that all have there, or of strings if any has; preferred types first.
fn by_category<'a>(world: &World, given: &[TypeId], candidates: Vec<Candidate<'a>>) -> Vec<Candidate<'a>> {
    const STRING: u8 = b'S';
    let mut wanted: Vec<Option<(u8, bool)>> = vec![None; given.len()];
    for (slot, (given, wanted)) in given.iter().zip(&mut wanted).enumerate() {
        if *given != TypeId::UNKNOWN {
            continue;
        }
        let mut conflict = false;
        for kind in candidates.iter().filter_map(|(_, types)| types.get(slot)) {
            let (category, preferred) = (world.category(*kind), world.is_preferred(*kind));
            match wanted {
                Some((known, has_preferred)) if *known == category => *has_preferred |= preferred,
                Some(_) if category != STRING => conflict = true,
                _ => *wanted = Some((category, preferred)),
            }
        }
        if conflict && wanted.is_none_or(|(category, _)| category != STRING) {
            return candidates;
        }
    }
    let fits = |types: &[TypeId]| {
        types.iter().zip(&wanted).all(|(kind, wanted)| {
            wanted.is_none_or(|(category, preferred)| world.category(*kind) == category && (!preferred || world.is_preferred(*kind)))
        })
    };
    let kept: Vec<Candidate<'a>> = candidates.iter().filter(|(_, types)| fits(types)).copied().collect();
    if kept.is_empty() { candidates } else { kept }
}

/// If all known types are one, the unknown ones are taken for it too.
fn as_the_known(world: &World, given: &[TypeId], candidates: &[Candidate<'_>]) -> Option<usize> {
    let mut known = given.iter().filter(|kind| **kind != TypeId::UNKNOWN);
    let first = known.next()?;
    if known.any(|kind| kind != first) {
        return None;
    }
    let given = vec![*first; given.len()];
    let mut able = candidates.iter().filter(|(_, types)| can_coerce(world, &given, types, Context::Implicit));
    match (able.next(), able.next()) {
        (Some((only, _)), None) => Some(*only),
        _ => None,
    }
}
