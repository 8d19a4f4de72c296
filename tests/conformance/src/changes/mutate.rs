//! One change of a world: a weakener, or one of many others. In: a world, numbers. Out: the world changed, and what kind of change it was.
//! Must not know: what it comes to.

use policy_core::analyze::{RelationKind, RelationState, State};
use policy_core::model::{Command, Expr, Grantee, Ident, Kind, Membership, Privilege, Relation};
use policy_core::plan::PlannedPolicy;

use super::worlds::{members, question};
use crate::access::policies;
use crate::access::world::World;
use crate::rng::Rng;
use crate::weaken::mutants;

/// Changes something; its kind, or none where the change would make no world.
pub(super) fn once(world: &mut World, rng: &mut Rng) -> Option<&'static str> {
    let mut state = world.state.clone();
    let kind = match rng.below(20) {
        0..=2 => weaken(&mut state, rng)?,
        3..=9 => policy(&mut state, rng)?,
        10..=12 => grant(&mut state, rng)?,
        13 | 14 => role(&mut state, rng, world.major),
        15..=17 => flag(&mut state, rng, world.major)?,
        18 => view(&mut state, rng)?,
        _ => usage(&mut state, rng),
    };
    settle(&mut state, world.major);
    if state == world.state || !is_acyclic(&state) {
        return None;
    }
    world.state = state;
    Some(kind)
}

fn weaken(state: &mut State, rng: &mut Rng) -> Option<&'static str> {
    let mut all = mutants::of(state);
    if all.is_empty() {
        return None;
    }
    let chosen = all.swap_remove(rng.below(all.len()));
    *state = chosen.state;
    Some(chosen.kind)
}

fn names(state: &State) -> Vec<Grantee> {
    state.roles.iter().map(|role| Grantee::Role(role.name.to_string())).collect()
}

fn some<'s>(state: &'s mut State, rng: &mut Rng, wanted: impl Fn(&RelationState) -> bool) -> Option<&'s mut RelationState> {
    let all: Vec<Relation> = state.relations.iter().filter(|(_, one)| wanted(one)).map(|(name, _)| name.clone()).collect();
    if all.is_empty() { None } else { state.relations.get_mut(rng.pick(&all)) }
}

fn is_view(relation: &RelationState) -> bool {
    matches!(relation.kind, RelationKind::View { .. })
}

fn policy(state: &mut State, rng: &mut Rng) -> Option<&'static str> {
    let roles = names(state);
    let table = some(state, rng, |one| !is_view(one))?;
    let columns = policies::names(table);
    if table.policies.is_empty() || rng.chance(15) {
        let number = 10 + table.policies.len();
        table.policies.push(policies::policy(number, &columns, &roles, rng));
        return Some("add a policy");
    }
    let at = rng.below(table.policies.len());
    // Predicates of the members read no members.
    let asks = table.policies.iter().any(|policy| policy.using.iter().chain(&policy.with_check).any(reads));
    let policy = &mut table.policies[at];
    match rng.below(10) {
        0 => {
            table.policies.remove(at);
            Some("drop a policy")
        }
        1 => {
            policy.permissive = !policy.permissive;
            Some("permissive or restrictive")
        }
        2 => {
            policy.to = policies::grantees(&roles, rng);
            Some("to others")
        }
        3 => {
            policy.command = *rng.pick(&[None, Some(Command::Select), Some(Command::Insert), Some(Command::Update), Some(Command::Delete)]);
            Some("for another command")
        }
        4 => {
            policy.with_check = rng.chance(60).then(|| policies::predicate(&columns, &roles, rng));
            Some("another WITH CHECK")
        }
        5 | 6 => {
            policy.using = Some(if asks && rng.chance(50) { question(rng) } else { policies::predicate(&columns, &roles, rng) });
            Some("another USING")
        }
        _ => Some(reword(policy, &columns, &roles, rng)),
    }
}

fn reads(expr: &Expr) -> bool {
    let mut reads = false;
    expr.visit(&mut |part| reads |= part.query().is_some());
    reads
}

/// A predicate made narrower or wider, or said in other words.
fn reword(policy: &mut PlannedPolicy, columns: &[&'static str], roles: &[Grantee], rng: &mut Rng) -> &'static str {
    let not = |one: Expr| Expr::new(Kind::Not(Box::new(one)));
    let which = if rng.chance(50) { policy.using.as_mut() } else { policy.with_check.as_mut() };
    let Some(predicate) = which else { return "nothing" };
    let own = predicate.clone();
    let (changed, kind) = match rng.below(6) {
        0 => (Expr::new(Kind::And(vec![own, policies::predicate(columns, roles, rng)])), "a condition more"),
        1 => (Expr::new(Kind::Or(vec![own, policies::predicate(columns, roles, rng)])), "an alternative more"),
        2 => (not(not(own)), "twice NOT"),
        3 => {
            let other = policies::predicate(columns, roles, rng);
            let both = Expr::new(Kind::And(vec![own.clone(), other]));
            (Expr::new(Kind::Or(vec![both, own])), "absorbed")
        }
        4 => (de_morgan(own), "De Morgan"),
        _ => (not(own), "NOT"),
    };
    *predicate = changed;
    kind
}

fn de_morgan(expr: Expr) -> Expr {
    let not = |one: Expr| Expr::new(Kind::Not(Box::new(one)));
    match expr.kind {
        Kind::And(all) => not(Expr::new(Kind::Or(all.into_iter().map(not).collect()))),
        Kind::Or(any) => not(Expr::new(Kind::And(any.into_iter().map(not).collect()))),
        _ => expr,
    }
}

fn grant(state: &mut State, rng: &mut Rng) -> Option<&'static str> {
    let roles = names(state);
    let relation = some(state, rng, |_| true)?;
    let columns = policies::names(relation);
    let to = if rng.chance(20) { Grantee::Public } else { rng.pick(&roles).clone() };
    let privilege = *rng.pick(&[Privilege::Select, Privilege::Insert, Privilege::Update, Privilege::Delete]);
    let held = relation.grants.entry(to).or_default();
    let some: Vec<Ident> = columns.iter().filter(|_| rng.chance(50)).map(|name| Ident::cut(name)).collect();
    let kind = match rng.below(3) {
        0 => {
            held.remove(&privilege);
            held.remove(&Privilege::All);
            "revoke"
        }
        1 if privilege != Privilege::Delete && !some.is_empty() => {
            held.insert(privilege, Some(some));
            "grant columns"
        }
        _ => {
            held.insert(privilege, None);
            "grant"
        }
    };
    relation.grants.retain(|_, held| !held.is_empty());
    Some(kind)
}

fn role(state: &mut State, rng: &mut Rng, major: u32) -> &'static str {
    let at = rng.below(state.roles.len());
    let others: Vec<String> = state.roles[..at].iter().map(|role| role.name.to_string()).collect();
    let mut option = || (major >= 16 && rng.chance(45)).then(|| rng.chance(50));
    let (inherit, set) = (option(), option());
    let role = &mut state.roles[at];
    match rng.below(5) {
        0 => {
            role.noinherit = !role.noinherit;
            "INHERIT"
        }
        1 => {
            role.bypass_rls = if role.bypass_rls.is_some() { None } else { Some("it is tried".to_owned()) };
            "BYPASSRLS"
        }
        2 if !role.member_of.is_empty() => {
            role.member_of.remove(rng.below(role.member_of.len()));
            "a membership less"
        }
        3 if !role.member_of.is_empty() => {
            let of = rng.below(role.member_of.len());
            role.member_of[of].inherit = inherit;
            role.member_of[of].set = set;
            "options of a membership"
        }
        _ if !others.is_empty() => {
            role.member_of.push(Membership { role: rng.pick(&others).clone(), inherit, set, admin: None });
            "a membership more"
        }
        _ => "nothing",
    }
}

fn flag(state: &mut State, rng: &mut Rng, major: u32) -> Option<&'static str> {
    let roles = names(state);
    let relation = some(state, rng, |_| true)?;
    if let RelationKind::View { invoker, barrier, .. } = &mut relation.kind {
        return Some(match rng.below(3) {
            0 if major >= 15 => {
                *invoker = !*invoker;
                "security_invoker"
            }
            1 => {
                *barrier = !*barrier;
                "security_barrier"
            }
            _ => {
                relation.owner = owner(&roles, rng);
                "the owner of a view"
            }
        });
    }
    Some(match rng.below(3) {
        0 => {
            relation.enabled = !relation.enabled;
            "ENABLE"
        }
        1 => {
            relation.forced = !relation.forced;
            "FORCE"
        }
        _ => {
            relation.owner = owner(&roles, rng);
            "the owner of a table"
        }
    })
}

fn owner(roles: &[Grantee], rng: &mut Rng) -> Option<String> {
    if let Grantee::Role(name) = rng.pick(roles) { Some(name.clone()) } else { None }
}

/// Another WHERE of a view.
fn view(state: &mut State, rng: &mut Rng) -> Option<&'static str> {
    let roles = names(state);
    let view = some(state, rng, is_view)?;
    let columns = policies::names(view);
    let RelationKind::View { query: Some(query), .. } = &mut view.kind else { return None };
    let mut filter = rng.chance(70).then(|| policies::predicate(&columns, &roles, rng));
    if let Some(filter) = &mut filter {
        *filter = policy_core::analyze::reach::of_alias(filter, "o");
    }
    query.filter = match (query.filter.take(), filter) {
        (Some(own), Some(more)) if rng.chance(50) => Some(Expr::all([own, more])),
        (_, filter) => filter,
    };
    Some("the WHERE of a view")
}

fn usage(state: &mut State, rng: &mut Rng) -> &'static str {
    let roles = names(state);
    if let Some(found) = state.schemas.get_mut(&Ident::cut("s")) {
        let to = rng.pick(&roles).clone();
        if !found.usage.remove(&to) {
            found.usage.insert(to);
        }
    }
    "USAGE"
}

/// What PostgreSQL would refuse to make is left out.
fn settle(state: &mut State, major: u32) {
    for policy in state.relations.values_mut().flat_map(|relation| &mut relation.policies) {
        match policy.command {
            Some(Command::Select | Command::Delete) => policy.with_check = None,
            Some(Command::Insert) => {
                let using = policy.using.take();
                policy.with_check = policy.with_check.take().or(using);
            }
            Some(Command::Update) | None => {}
        }
    }
    // What a policy reads of the members, its asker may read: a set without that is refused.
    if let Some(members) = state.relations.get_mut(&members()) {
        members.grants.entry(Grantee::Public).or_default().insert(Privilege::Select, None);
    }
    let names: Vec<String> = state.roles.iter().map(|role| role.name.to_string()).collect();
    state.superusers.retain(|name| names.contains(name));
    for relation in state.relations.values_mut() {
        let columns: Vec<Ident> = relation.columns.iter().map(|column| column.name.clone()).collect();
        relation.grants.values_mut().for_each(|held| {
            held.values_mut().flatten().for_each(|some| some.retain(|column| columns.contains(column)));
        });
    }
    for role in &mut state.roles {
        let mut once: Vec<Membership> = Vec::new();
        for one in role.member_of.drain(..) {
            if !once.iter().any(|known| known.role == one.role) {
                once.push(one);
            }
        }
        role.member_of = once;
        if major < 16 {
            role.member_of.iter_mut().for_each(|one| (one.inherit, one.set) = (None, None));
        }
    }
}

/// Whether no role is a member of itself by way of others.
fn is_acyclic(state: &State) -> bool {
    state.roles.iter().all(|role| {
        let (mut met, mut next) = (Vec::new(), vec![role.name.to_string()]);
        while let Some(name) = next.pop() {
            for group in state.roles.iter().filter(|one| one.name.as_str() == name).flat_map(|one| &one.member_of) {
                if group.role == role.name.as_str() {
                    return false;
                }
                if !met.contains(&group.role) {
                    met.push(group.role.clone());
                    next.push(group.role.clone());
                }
            }
        }
        true
    })
}
