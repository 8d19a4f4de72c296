//! What a conflict teaches. In: a clause that is false. Out: a clause that keeps it from happening again, and the state before it.
//! Must not know what a variable stands for.

use super::sat::{Id, Lit, Sat, Why};
use super::slots::Slots;

impl Sat {
    /// Learns from a clause that is false; answers with the empty clause if nothing is left to undo.
    pub(super) fn learn(&mut self, conflict: Id) -> Option<Id> {
        let lits = self.clauses.get(conflict).map(|clause| clause.lits.clone()).unwrap_or_default();
        self.back_to(lits.iter().map(|lit| self.trail.level_of(*lit)).max().unwrap_or(0));
        if self.trail.level() == 0 {
            self.fix();
            let from = lits.iter().filter_map(|lit| self.unit(*lit)).chain([conflict]).collect();
            return Some(self.add(Vec::new(), Why::Learned(from)).0);
        }
        let (learned, from) = self.resolve(conflict);
        let below = learned.iter().skip(1).map(|lit| self.trail.level_of(*lit)).max().unwrap_or(0);
        self.back_to(below);
        for lit in &learned {
            self.bump(*lit);
        }
        self.decay();
        self.add(learned, Why::Learned(from));
        None
    }

    /// The clause in which one literal of this level is left, that literal first, and the clauses it follows from, in the order in
    /// which they propagate.
    fn resolve(&mut self, conflict: Id) -> (Vec<Lit>, Vec<Id>) {
        let mut seen: Slots<bool> = Slots::new(0);
        let (mut kept, mut from, mut fixed) = (Vec::new(), vec![conflict], Vec::new());
        let mut open = 0_usize;
        let mut reason = conflict;
        let mut at = self.trail.lits.len();
        let mut resolved = None;
        loop {
            let lits = self.clauses.get(reason).map(|clause| clause.lits.clone()).unwrap_or_default();
            self.steps += 1;
            for lit in lits {
                if Some(lit) == resolved || seen.at(lit.variable()) {
                    continue;
                }
                seen.set(lit.variable(), true);
                self.bump(lit);
                match self.trail.level_of(lit) {
                    0 => fixed.extend(self.unit(lit)),
                    level if level == self.trail.level() => open += 1,
                    _ => kept.push(lit),
                }
            }
            while at > 0 && !self.trail.lits.get(at - 1).is_some_and(|lit| seen.at(lit.variable())) {
                at -= 1;
            }
            at = at.saturating_sub(1);
            let Some(lit) = self.trail.lits.get(at).copied() else { break };
            let Some(next) = self.trail.reason(lit).filter(|_| open > 1) else {
                kept.insert(0, !lit);
                break;
            };
            open -= 1;
            from.push(next);
            (reason, resolved) = (next, Some(lit));
        }
        from.extend(fixed);
        from.reverse();
        (kept, from)
    }
}
