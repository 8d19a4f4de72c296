//! Bounds of differences within one sort. In: `left - right <= by`. Out: a cycle that cannot be, or a position for each term. Must not
//! know where a bound comes from.
//!
//! A bound is an edge from `right` to `left`. The positions are shortest paths; a cycle of negative length has none. Whole numbers
//! first: every term that need not be one is eliminated, which leaves bounds of whole numbers that are made whole.

use std::collections::BTreeMap;

use super::sat::Lit;
use crate::prove::space::{Space, TermId, UNIT};

/// A length: units, and how many times less than any unit.
pub(super) type Length = (i128, i128);

/// Why a bound holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin {
    /// It is said.
    Said(Lit),
    /// The two are the same function of equal values.
    Congruent(TermId, TermId),
    /// It follows from these two edges.
    Sum(usize, usize),
}

/// A bound.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) length: Length,
    pub(super) origin: Origin,
}

/// All bounds of a sort. Node 0 is zero.
#[derive(Debug)]
pub(super) struct Bounds {
    pub(super) nodes: Vec<Option<TermId>>,
    whole: Vec<bool>,
    numbers: BTreeMap<TermId, usize>,
    /// Given and derived; none is taken away, so that a path stays one.
    pub(super) edges: Vec<Edge>,
    pub(super) positions: Vec<Length>,
}

/// The sum, if a number holds it.
pub(super) fn plus(a: Length, b: Length) -> Option<Length> {
    Some((a.0.checked_add(b.0)?, a.1.checked_add(b.1)?))
}

impl Bounds {
    pub(super) fn new() -> Bounds {
        Bounds { nodes: vec![None], whole: vec![true], numbers: BTreeMap::new(), edges: Vec::new(), positions: Vec::new() }
    }

    /// The node of a term.
    pub(super) fn node(&mut self, space: &Space, term: Option<TermId>) -> usize {
        let Some(term) = term else { return 0 };
        if let Some(found) = self.numbers.get(&term) {
            return *found;
        }
        let node = self.nodes.len();
        self.nodes.push(Some(term));
        self.whole.push(space.is_integral(term));
        self.numbers.insert(term, node);
        node
    }

    /// The node of a term that has one, and how far the term is above it: a number is that far above zero.
    pub(super) fn find(&self, space: &Space, term: TermId) -> Option<(usize, i128)> {
        let (rest, units) = space.apart(term);
        match rest {
            None => Some((0, units)),
            Some(rest) => self.numbers.get(&rest).map(|node| (*node, 0)),
        }
    }

    /// Adds a bound.
    pub(super) fn add(&mut self, from: usize, to: usize, length: Length, origin: Origin) {
        self.edges.push(Edge { from, to, length, origin });
    }

    fn is_whole(&self, node: usize) -> bool {
        self.whole.get(node).copied().unwrap_or(false)
    }

    fn at(&self, node: usize) -> Length {
        self.positions.get(node).copied().unwrap_or_default()
    }

    /// Finds positions, or the edges of a cycle that cannot be. Counts what it looks at.
    pub(super) fn settle(&mut self, steps: &mut u64) -> Result<(), Vec<usize>> {
        self.positions = vec![(0, 0); self.nodes.len()];
        let wholes = self.whole.iter().filter(|whole| **whole).count();
        if wholes < 2 || wholes == self.nodes.len() {
            self.relax(|_, _| true, steps)?;
        } else {
            self.eliminate(steps)?;
            self.relax(|from, to| from && to, steps)?;
            let far = self.edges.iter().fold(UNIT, |sum, edge| sum.saturating_add(edge.length.0.saturating_abs()));
            for (position, whole) in self.positions.iter_mut().zip(&self.whole) {
                if !whole {
                    position.0 = far;
                }
            }
            self.relax(|_, _| true, steps)?;
        }
        let (units, less) = self.at(0);
        for position in &mut self.positions {
            *position = (position.0.saturating_sub(units), position.1.saturating_sub(less));
        }
        Ok(())
    }

    /// Shortens paths as long as it is possible along edges that `along` allows, told which of their ends are whole numbers.
    fn relax(&mut self, along: impl Fn(bool, bool) -> bool, steps: &mut u64) -> Result<(), Vec<usize>> {
        let mut before: Vec<Option<usize>> = vec![None; self.nodes.len()];
        loop {
            let mut shorter = false;
            *steps += self.edges.len() as u64 / 8 + 1;
            for (number, edge) in self.edges.iter().enumerate() {
                if !along(self.is_whole(edge.from), self.is_whole(edge.to)) {
                    continue;
                }
                let Some(sum) = plus(self.at(edge.from), edge.length) else { continue };
                if let (Some(position), Some(before)) = (self.positions.get_mut(edge.to), before.get_mut(edge.to))
                    && sum < *position
                {
                    (*position, *before) = (sum, Some(number));
                    shorter = true;
                }
            }
            if !shorter {
                return Ok(());
            }
            if let Some(cycle) = self.cycle(&before) {
                return Err(cycle);
            }
        }
    }

    /// A cycle among the edges by which each node was reached last.
    fn cycle(&self, before: &[Option<usize>]) -> Option<Vec<usize>> {
        let edge_to = |node: usize| before.get(node).copied().flatten();
        let from = |edge: usize| self.edges.get(edge).map(|edge| edge.from);
        let mut seen = vec![0_usize; before.len()];
        for start in 0..before.len() {
            let mut at = start;
            while let Some(seen) = seen.get_mut(at).filter(|seen| **seen == 0) {
                *seen = start + 1;
                match edge_to(at).and_then(from) {
                    Some(next) => at = next,
                    None => break,
                }
            }
            if seen.get(at) != Some(&(start + 1)) || edge_to(at).is_none() {
                continue;
            }
            let mut cycle: Vec<usize> = edge_to(at).into_iter().collect();
            let mut node = cycle.first().copied().and_then(from);
            while let Some(edge) = node.filter(|node| *node != at).and_then(edge_to) {
                cycle.push(edge);
                node = from(edge);
            }
            cycle.reverse();
            return Some(cycle);
        }
        None
    }

    /// Derives what bounds of others say of whole numbers.
    fn eliminate(&mut self, steps: &mut u64) -> Result<(), Vec<usize>> {
        let mut best: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for number in 0..self.edges.len() {
            self.improve(&mut best, number);
        }
        let gone: Vec<usize> = (0..self.nodes.len()).filter(|node| !self.is_whole(*node)).collect();
        for node in gone {
            *steps += best.len() as u64 / 8 + 1;
            let into: Vec<usize> = best.iter().filter(|((_, to), _)| *to == node).map(|(_, edge)| *edge).collect();
            let out: Vec<usize> = best.iter().filter(|((from, _), _)| *from == node).map(|(_, edge)| *edge).collect();
            best.retain(|(from, to), _| *from != node && *to != node);
            for (first, second) in into.iter().flat_map(|first| out.iter().map(move |second| (*first, *second))) {
                *steps += 1;
                let (Some(a), Some(b)) = (self.edges.get(first), self.edges.get(second)) else { continue };
                let (from, to) = (a.from, b.to);
                let Some(length) = plus(a.length, b.length) else { continue };
                if from == to {
                    if length < (0, 0) {
                        return Err(vec![first, second]);
                    }
                    continue;
                }
                let Some(length) = (if self.is_whole(from) && self.is_whole(to) { whole(length) } else { Some(length) }) else { continue };
                let known = best.get(&(from, to)).and_then(|edge| self.edges.get(*edge));
                if known.is_none_or(|known| length < known.length) {
                    best.insert((from, to), self.edges.len());
                    self.edges.push(Edge { from, to, length, origin: Origin::Sum(first, second) });
                }
            }
        }
        Ok(())
    }

    /// Keeps the shortest edge between two nodes.
    fn improve(&self, best: &mut BTreeMap<(usize, usize), usize>, number: usize) {
        let length = |number: usize| self.edges.get(number).map(|edge| edge.length);
        let Some(edge) = self.edges.get(number) else { return };
        let slot = best.entry((edge.from, edge.to)).or_insert(number);
        if length(number) < length(*slot) {
            *slot = number;
        }
    }

    /// The edges of a path from one node to another along which there is no room.
    pub(super) fn tight(&self, from: usize, to: usize, steps: &mut u64) -> Option<Vec<usize>> {
        let mut before: Vec<Option<usize>> = vec![None; self.nodes.len()];
        let mut reached = vec![from];
        let mut next = 0;
        while let Some(node) = reached.get(next).copied() {
            next += 1;
            if node == to {
                break;
            }
            *steps += self.edges.len() as u64 / 8 + 1;
            for (number, edge) in self.edges.iter().enumerate().filter(|(_, edge)| edge.from == node && edge.to != from) {
                if plus(self.at(node), edge.length) == Some(self.at(edge.to))
                    && let Some(slot @ None) = before.get_mut(edge.to)
                {
                    *slot = Some(number);
                    reached.push(edge.to);
                }
            }
        }
        let mut path = Vec::new();
        let mut at = to;
        while at != from {
            let edge = before.get(at).copied().flatten()?;
            path.push(edge);
            at = self.edges.get(edge)?.from;
        }
        path.reverse();
        Some(path)
    }
}

/// The same length between whole numbers.
fn whole(length: Length) -> Option<Length> {
    let down = length.0.div_euclid(UNIT).checked_mul(UNIT)?;
    Some(if down == length.0 && length.1 < 0 { (down.checked_sub(UNIT)?, 0) } else { (down, 0) })
}
