//! One artifact of a state weakened, in every way that people do it by accident. In: a state. Out: states. Must not know: what follows.

use policy_core::analyze::{RelationKind, State};
use policy_core::model::{Command, Expr, Grantee, Kind, Privilege, Relation};
use policy_core::plan::PlannedPolicy;

/// A weakened state.
pub(crate) struct Mutant {
    pub(crate) kind: &'static str,
    pub(crate) what: String,
    pub(crate) state: State,
}

/// Every mutant.
pub(crate) fn of(base: &State) -> Vec<Mutant> {
    let mut all = Vec::new();
    for relation in base.relations.keys() {
        policies(base, relation, &mut all);
        everywhere(base, relation, &mut all);
        flags(base, relation, &mut all);
        grants(base, relation, &mut all);
    }
    memberships(base, &mut all);
    functions(base, &mut all);
    all
}

fn push(all: &mut Vec<Mutant>, kind: &'static str, what: String, base: &State, change: impl FnOnce(&mut State)) {
    let mut state = base.clone();
    change(&mut state);
    if state != *base {
        all.push(Mutant { kind, what, state });
    }
}

fn policies(base: &State, relation: &Relation, all: &mut Vec<Mutant>) {
    let count = base.relations[relation].policies.len();
    for i in 0..count {
        let policy = &base.relations[relation].policies[i];
        let what = format!("{} of {relation}", policy.name);
        let kind = if policy.permissive { "drop a permissive policy" } else { "drop a restrictive policy" };
        push(all, kind, what.clone(), base, |state| {
            of_relation(state, relation).policies.remove(i);
        });
        let mut edit = |kind, change: &dyn Fn(&mut PlannedPolicy)| {
            push(all, kind, what.clone(), base, |state| change(&mut of_relation(state, relation).policies[i]));
        };
        edit("drop WITH CHECK", &|policy| {
            if policy.using.is_some() {
                policy.with_check = None;
            }
        });
        edit("WITH CHECK (true)", &|policy| policy.with_check = Some(Expr::truth()));
        edit("to PUBLIC", &|policy| policy.to = vec![Grantee::Public]);
        edit("restrictive to permissive", &|policy| policy.permissive = true);
        edit("every command", &|policy| policy.command = None);
        for (kind, mutate) in REWRITES {
            for number in 0..leaves(policy) {
                edit(kind, &|policy| {
                    let mut seen = 0;
                    for predicate in policy.using.iter_mut().chain(policy.with_check.iter_mut()) {
                        predicate.visit_mut(&mut |part| {
                            if seen == number {
                                mutate(part, base, relation);
                            }
                            seen += 1;
                        });
                    }
                });
            }
        }
    }
}

type Rewrite = fn(&mut Expr, &State, &Relation);

const REWRITES: [(&str, Rewrite); 5] = [
    ("= to IS NOT DISTINCT FROM", |part, _, _| {
        if let Kind::Binary(op, left, right) = &part.kind
            && op == "="
        {
            part.kind = Kind::Distinct(left.clone(), right.clone(), true);
        }
    }),
    ("AND to OR", |part, _, _| {
        if let Kind::And(all) = &part.kind {
            part.kind = Kind::Or(all.clone());
        }
    }),
    ("swap the tenant column", |part, base, relation| {
        if let Kind::Binary(op, left, right) = &mut part.kind
            && op == "="
            && let (Kind::Own(column), Kind::Ctx(_)) = (&left.kind, &right.kind)
        {
            let columns = &base.relations[relation].columns;
            let kind = columns.iter().find(|one| one.name.as_str() == column).map(|one| one.kind.clone());
            let other = columns.iter().find(|one| one.name.as_str() != column && Some(&one.kind) == kind.as_ref());
            if let Some(other) = other {
                left.kind = Kind::Own(other.name.as_str().to_owned());
            }
        }
    }),
    ("a condition to TRUE", |part, _, _| {
        if matches!(part.kind, Kind::Binary(..) | Kind::Is(..) | Kind::Exists(..) | Kind::AnyArray(..) | Kind::InQuery(..) | Kind::In(..)) {
            part.kind = Expr::truth().kind;
        }
    }),
    ("NOT of a condition", |part, _, _| {
        if matches!(part.kind, Kind::Binary(..) | Kind::Is(..)) {
            part.kind = Kind::Not(Box::new(part.clone()));
        }
    }),
];

fn leaves(policy: &PlannedPolicy) -> usize {
    let mut count = 0;
    for predicate in policy.using.iter().chain(&policy.with_check) {
        predicate.visit(&mut |_| count += 1);
    }
    count
}

/// The same condition in every policy of a table: what a slip in `tenant(..)` comes to.
fn everywhere(base: &State, relation: &Relation, all: &mut Vec<Mutant>) {
    let mut conditions: Vec<Expr> = Vec::new();
    for policy in &base.relations[relation].policies {
        for predicate in policy.using.iter().chain(&policy.with_check) {
            predicate.visit(&mut |part| {
                if !conditions.contains(part) {
                    conditions.push(part.clone());
                }
            });
        }
    }
    for condition in conditions {
        for (kind, mutate) in EVERYWHERE {
            push(all, kind, relation.to_string(), base, |state| {
                for policy in &mut of_relation(state, relation).policies {
                    for predicate in policy.using.iter_mut().chain(policy.with_check.iter_mut()) {
                        predicate.visit_mut(&mut |part| {
                            if *part == condition {
                                mutate(part, base, relation);
                            }
                        });
                    }
                }
            });
        }
    }
}

const EVERYWHERE: [(&str, Rewrite); 4] = [
    ("everywhere: = to IS NOT DISTINCT FROM", REWRITES[0].1),
    ("everywhere: AND to OR", REWRITES[1].1),
    ("everywhere: swap the tenant column", REWRITES[2].1),
    ("everywhere: a condition to TRUE", REWRITES[3].1),
];

fn flags(base: &State, relation: &Relation, all: &mut Vec<Mutant>) {
    push(all, "drop FORCE", relation.to_string(), base, |state| of_relation(state, relation).forced = false);
    push(all, "drop ENABLE", relation.to_string(), base, |state| of_relation(state, relation).enabled = false);
    push(all, "view with its owner's rights", relation.to_string(), base, |state| {
        let owner = state.owner.clone().unwrap_or_else(|| "postgres".to_owned());
        state.superusers.insert(owner.clone());
        let found = of_relation(state, relation);
        if let RelationKind::View { invoker, .. } = &mut found.kind {
            *invoker = false;
            found.owner = Some(owner);
        } else {
            *state = base.clone();
        }
    });
    push(all, "drop a view's WHERE", relation.to_string(), base, |state| {
        if let RelationKind::View { query: Some(query), .. } = &mut of_relation(state, relation).kind {
            query.filter = None;
        }
    });
}

fn grants(base: &State, relation: &Relation, all: &mut Vec<Mutant>) {
    let grants = &base.relations[relation].grants;
    for (to, privileges) in grants {
        let what = format!("{relation} to {to:?}");
        push(all, "widen columns", what.clone(), base, |state| {
            of_relation(state, relation)
                .grants
                .get_mut(to)
                .into_iter()
                .for_each(|held| held.values_mut().for_each(|columns| *columns = None));
        });
        for command in Command::ALL {
            push(all, "widen a grant", format!("{what}: {}", command.word()), base, |state| {
                of_relation(state, relation).grants.get_mut(to).into_iter().for_each(|held| {
                    held.insert(command.privilege(), None);
                });
            });
        }
        push(all, "grant TRUNCATE", what.clone(), base, |state| {
            of_relation(state, relation).grants.get_mut(to).into_iter().for_each(|held| {
                held.insert(Privilege::Truncate, None);
            });
        });
        let _ = privileges;
    }
    for privilege in [Privilege::Select, Privilege::Update] {
        push(all, "grant to PUBLIC", format!("{relation}: {}", privilege.word()), base, |state| {
            of_relation(state, relation).grants.entry(Grantee::Public).or_default().insert(privilege, None);
        });
    }
}

fn memberships(base: &State, all: &mut Vec<Mutant>) {
    for (i, role) in base.roles.iter().enumerate() {
        push(all, "BYPASSRLS", role.name.to_string(), base, |state| state.roles[i].bypass_rls = Some("by accident".to_owned()));
        push(all, "superuser", role.name.to_string(), base, |state| {
            state.superusers.insert(role.name.to_string());
        });
        push(all, "INHERIT", role.name.to_string(), base, |state| state.roles[i].noinherit = false);
        for other in base.roles.iter().filter(|other| other.name != role.name) {
            push(all, "widen a role", format!("{} in {}", role.name, other.name), base, |state| {
                state.roles[i].member_of.push(policy_core::model::Membership {
                    role: other.name.to_string(),
                    inherit: Some(true),
                    set: Some(true),
                    admin: None,
                });
            });
        }
    }
}

fn functions(base: &State, all: &mut Vec<Mutant>) {
    for (i, function) in base.functions.iter().enumerate() {
        push(all, "execute to PUBLIC", function.path.to_string(), base, |state| {
            state.functions[i].executors.insert(Grantee::Public);
        });
        push(all, "drop the path of a definer", function.path.to_string(), base, |state| state.functions[i].function.search_path = None);
    }
}

#[expect(clippy::expect_used, reason = "the relation is taken from the same state")]
fn of_relation<'a>(state: &'a mut State, relation: &Relation) -> &'a mut policy_core::analyze::RelationState {
    state.relations.get_mut(relation).expect("it is in the base")
}
