//! Which terms are equal, and why. In: equalities. Out: classes, and chains of equalities between two members of one. Must not know
//! what a term is, except that some are known.

use super::slots::Slots;
use crate::prove::space::{Space, TermId};

/// Why two terms are equal.
#[derive(Clone, Debug, Default)]
pub(super) enum Link {
    /// It is said.
    Said,
    /// They are the same function of equal values.
    #[default]
    Congruent,
    /// Each is at most the other: the edges of the bounds that say so.
    Bounded(Vec<usize>, Vec<usize>),
}

/// Classes of equal terms.
#[derive(Debug, Default)]
pub(super) struct Classes {
    /// The representative of each term, one more than its number; absent: itself.
    roots: Slots<Option<TermId>>,
    members: Slots<Vec<TermId>>,
    constants: Slots<Option<TermId>>,
    /// The forest of links: towards the root.
    links: Slots<Option<(TermId, usize)>>,
    whys: Vec<Link>,
}

impl Classes {
    /// The representative of a term.
    pub(super) fn root(&self, term: TermId) -> TermId {
        self.roots.at(term.0 as usize).unwrap_or(term)
    }

    /// The known value of a class.
    pub(super) fn constant(&self, space: &Space, term: TermId) -> Option<TermId> {
        let root = self.root(term);
        self.constants.at(root.0 as usize).or_else(|| space.constant_of(root).map(|_| root))
    }

    /// Makes two terms equal; answers with two known values that were made equal by that.
    pub(super) fn merge(&mut self, space: &Space, a: TermId, b: TermId, why: Link) -> Option<(TermId, TermId)> {
        let (mut a, mut b) = (a, b);
        if self.root(a) == self.root(b) {
            return None;
        }
        let size = |classes: &mut Classes, term: TermId| {
            let root = classes.root(term);
            classes.members.slot(root.0 as usize).map_or(0, |members| members.len())
        };
        if size(self, a) > size(self, b) {
            (a, b) = (b, a);
        }
        let known = (self.constant(space, a), self.constant(space, b));
        self.turn(a);
        self.links.set(a.0 as usize, Some((b, self.whys.len())));
        self.whys.push(why);
        let (from, to) = (self.root(a), self.root(b));
        let mut moved = self.members.slot(from.0 as usize).map(std::mem::take).unwrap_or_default();
        moved.push(from);
        for member in &moved {
            self.roots.set(member.0 as usize, Some(to));
        }
        if let Some(members) = self.members.slot(to.0 as usize) {
            members.extend(moved);
        }
        self.constants.set(to.0 as usize, known.0.or(known.1));
        known.0.zip(known.1)
    }

    /// Makes a term the root of its tree of links.
    fn turn(&mut self, term: TermId) {
        let (mut at, mut above) = (term, None);
        while let Some(next) = self.links.at(at.0 as usize) {
            self.links.set(at.0 as usize, above);
            above = Some((at, next.1));
            at = next.0;
        }
        self.links.set(at.0 as usize, above);
    }

    /// The chain of equalities from one member of a class to another.
    pub(super) fn chain(&self, from: TermId, to: TermId) -> Vec<(TermId, TermId, Link)> {
        let up = |term: TermId| std::iter::successors(Some(term), |at| self.links.at(at.0 as usize).map(|(next, _)| next));
        let above: Vec<TermId> = up(from).collect();
        let meet = up(to).find(|term| above.contains(term)).unwrap_or(from);
        let step = |a: TermId| self.links.at(a.0 as usize).map(|(b, why)| (a, b, self.whys.get(why).cloned().unwrap_or_default()));
        let mut chain: Vec<_> = above.iter().take_while(|term| **term != meet).filter_map(|term| step(*term)).collect();
        let down: Vec<_> = up(to).take_while(|term| *term != meet).filter_map(step).collect();
        chain.extend(down.into_iter().rev().map(|(a, b, why)| (b, a, why)));
        chain
    }
}
