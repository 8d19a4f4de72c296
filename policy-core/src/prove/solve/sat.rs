//! Clauses and what follows from them. In: clauses, decisions. Out: a conflict, or what is true so far. Must not know what a variable
//! stands for.
//!
//! Every clause stays, with the reason for it, so that a proof can be read off at the end.

use super::slots::Slots;

/// A variable or its negation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Lit(u32);

impl Lit {
    pub(super) fn new(variable: u32, negated: bool) -> Lit {
        Lit(variable << 1 | u32::from(negated))
    }

    pub(super) fn variable(self) -> usize {
        (self.0 >> 1) as usize
    }

    pub(super) fn is_negated(self) -> bool {
        self.0 & 1 == 1
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

impl std::ops::Not for Lit {
    type Output = Lit;
    fn not(self) -> Lit {
        Lit(self.0 ^ 1)
    }
}

/// The number of a clause.
pub(super) type Id = usize;

/// Why a clause is true.
#[derive(Clone, Debug)]
pub(super) enum Why {
    Root,
    Circuit(usize),
    Theory,
    Learned(Vec<Id>),
}

/// Literals of which one is true.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub(super) lits: Vec<Lit>,
    pub(super) why: Why,
}

/// What is true so far, in which order, and why.
#[derive(Debug, Default)]
pub(super) struct Trail {
    values: Slots<Option<bool>>,
    levels: Slots<usize>,
    reasons: Slots<Option<Id>>,
    pub(super) lits: Vec<Lit>,
    limits: Vec<usize>,
}

impl Trail {
    pub(super) fn value(&self, lit: Lit) -> Option<bool> {
        self.values.at(lit.variable()).map(|value| value != lit.is_negated())
    }

    pub(super) fn level(&self) -> usize {
        self.limits.len()
    }

    pub(super) fn level_of(&self, lit: Lit) -> usize {
        self.levels.at(lit.variable())
    }

    pub(super) fn reason(&self, lit: Lit) -> Option<Id> {
        self.reasons.at(lit.variable())
    }

    fn set(&mut self, lit: Lit, reason: Option<Id>) {
        self.values.set(lit.variable(), Some(!lit.is_negated()));
        self.levels.set(lit.variable(), self.level());
        self.reasons.set(lit.variable(), reason);
        self.lits.push(lit);
    }
}

/// Clauses, and what follows from them.
#[derive(Debug, Default)]
pub(super) struct Sat {
    pub(super) clauses: Vec<Clause>,
    pub(super) trail: Trail,
    /// By literal: the clauses that wait for it to become false.
    watches: Slots<Vec<Id>>,
    head: usize,
    activity: Slots<u64>,
    bump: u64,
    /// What was done so far.
    pub(super) steps: u64,
    /// The clause of one literal for each that is true for good.
    units: Slots<Option<Id>>,
    fixed: usize,
}

impl Sat {
    pub(super) fn new(variables: usize) -> Sat {
        Sat { bump: 16, watches: Slots::new(variables * 2), ..Sat::default() }
    }

    /// Adds a clause, whatever is true so far. Answers with its number and whether all of it is false.
    pub(super) fn add(&mut self, mut lits: Vec<Lit>, why: Why) -> (Id, bool) {
        let id = self.clauses.len();
        if lits.len() == 1 {
            self.back_to(0);
        }
        // Those that are not false first, then those that were set last.
        lits.sort_by_key(|lit| match self.trail.value(*lit) {
            Some(false) => (1, usize::MAX - self.trail.level_of(*lit)),
            _ => (0, 0),
        });
        let mut conflict = true;
        if let [first, rest @ ..] = lits.as_slice() {
            if let Some(second) = rest.first() {
                for watched in [first, second] {
                    if let Some(list) = self.watches.slot(watched.index()) {
                        list.push(id);
                    }
                }
            }
            conflict = self.trail.value(*first) == Some(false);
            let is_unit = rest.first().is_none_or(|second| self.trail.value(*second) == Some(false));
            if is_unit && self.trail.value(*first).is_none() {
                self.trail.set(*first, Some(id));
            }
        }
        self.clauses.push(Clause { lits, why });
        (id, conflict)
    }

    /// Looks at a clause once more: going back may have left it with one literal that nobody drew from it. Answers whether anything
    /// follows.
    pub(super) fn again(&mut self, id: Id) -> bool {
        let lits = self.clauses.get(id).map(|clause| clause.lits.as_slice()).unwrap_or_default();
        let mut open = lits.iter().filter(|lit| self.trail.value(**lit) != Some(false));
        match (open.next().copied(), open.next()) {
            (None, _) => true,
            (Some(only), None) if self.trail.value(only).is_none() => {
                self.trail.set(only, Some(id));
                true
            }
            _ => false,
        }
    }

    /// Whether all of a clause is false.
    pub(super) fn is_false(&self, id: Id) -> bool {
        self.clauses.get(id).is_some_and(|clause| clause.lits.iter().all(|lit| self.trail.value(*lit) == Some(false)))
    }

    /// Takes a literal for true.
    pub(super) fn decide(&mut self, lit: Lit) {
        self.trail.limits.push(self.trail.lits.len());
        self.trail.set(lit, None);
    }

    /// Forgets what was set above a level.
    pub(super) fn back_to(&mut self, level: usize) {
        let Some(keep) = self.trail.limits.get(level).copied() else { return };
        for lit in self.trail.lits.drain(keep..) {
            self.trail.values.set(lit.variable(), None);
        }
        self.trail.limits.truncate(level);
        self.head = self.head.min(keep);
    }

    /// Draws every consequence; answers with a clause that is false, if there is one.
    pub(super) fn propagate(&mut self) -> Option<Id> {
        while let Some(lit) = self.trail.lits.get(self.head).copied() {
            self.head += 1;
            self.steps += 1;
            let mut waiting = self.watches.slot((!lit).index()).map(std::mem::take).unwrap_or_default();
            let mut conflict = None;
            let (clauses, trail, watches) = (&mut self.clauses, &mut self.trail, &mut self.watches);
            waiting.retain(|id| conflict.is_some() || stays(*id, !lit, clauses, trail, watches, &mut conflict));
            if let Some(list) = self.watches.slot((!lit).index()) {
                *list = waiting;
            }
            if conflict.is_some() {
                return conflict;
            }
        }
        if self.trail.level() == 0 {
            self.fix();
        }
        None
    }

    /// Writes a clause for each literal that is true for good.
    pub(super) fn fix(&mut self) {
        while let Some(lit) = self.trail.lits.get(self.fixed).copied() {
            self.fixed += 1;
            let Some(reason) = self.trail.reason(lit) else { continue };
            let lits = self.clauses.get(reason).map(|clause| clause.lits.clone()).unwrap_or_default();
            let others: Vec<Id> = lits.iter().filter(|other| **other != lit).filter_map(|other| self.unit(*other)).collect();
            let id = if others.is_empty() {
                reason
            } else {
                let from = others.into_iter().chain([reason]).collect();
                self.clauses.push(Clause { lits: vec![lit], why: Why::Learned(from) });
                self.clauses.len() - 1
            };
            self.units.set(lit.variable(), Some(id));
        }
    }

    /// The clause that says what a literal is for good.
    pub(super) fn unit(&self, lit: Lit) -> Option<Id> {
        self.units.at(lit.variable())
    }

    /// Makes a variable more likely to be decided.
    pub(super) fn bump(&mut self, lit: Lit) {
        let by = self.bump;
        if let Some(activity) = self.activity.slot(lit.variable()) {
            *activity = activity.saturating_add(by);
        }
    }

    /// Makes what was bumped so far weigh less.
    pub(super) fn decay(&mut self) {
        self.bump += self.bump >> 4;
        if self.bump > 1 << 48 {
            self.bump = (self.bump >> 32).max(16);
            self.activity.all().for_each(|activity| *activity >>= 32);
        }
    }

    /// How much a variable was in conflicts of late.
    pub(super) fn activity(&self, lit: Lit) -> u64 {
        self.activity.at(lit.variable())
    }
}

/// Whether a clause goes on waiting for `gone`, which has become false.
fn stays(id: Id, gone: Lit, clauses: &mut [Clause], trail: &mut Trail, watches: &mut Slots<Vec<Id>>, conflict: &mut Option<Id>) -> bool {
    let Some(clause) = clauses.get_mut(id) else { return false };
    let [first, second, rest @ ..] = clause.lits.as_mut_slice() else { return false };
    if *first == gone {
        std::mem::swap(first, second);
    }
    if trail.value(*first) == Some(true) {
        return true;
    }
    if let Some(other) = rest.iter_mut().find(|other| trail.value(**other) != Some(false)) {
        std::mem::swap(second, other);
        if let Some(list) = watches.slot(second.index()) {
            list.push(id);
        }
        return false;
    }
    match trail.value(*first) {
        Some(false) => *conflict = Some(id),
        _ => trail.set(*first, Some(id)),
    }
    true
}
