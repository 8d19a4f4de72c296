//! The circuit as clauses. In: a formula. Out: its variables, their clauses, the variables of atoms. Must not know how a question is
//! decided.
//!
//! Only the clauses that the polarity of a node asks for are written: where a formula only stands positively, nothing follows
//! from its parts.

use std::collections::HashMap;

use super::sat::Lit;
use crate::prove::space::{Atom, Bound, Node, Ref, Space, TermId};

/// What a variable stands for.
#[derive(Clone, Debug)]
pub(super) enum Gate {
    /// Always.
    True,
    /// A statement about values.
    Atom(Atom),
    /// All of these.
    And(Vec<Lit>),
}

/// What a statement comes down to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Decided by itself.
    Known(bool),
    /// A literal.
    Lit(Lit),
    /// It cannot be said.
    Nothing,
}

/// Variables and what they stand for.
#[derive(Debug)]
pub(super) struct Circuit<'a> {
    pub(super) space: &'a Space,
    gates: Vec<Gate>,
    /// The node of each variable; absent for a further atom.
    nodes: Vec<Option<usize>>,
    variables: HashMap<usize, u32>,
    atoms: HashMap<Atom, u32>,
    pub(super) root: Lit,
}

impl<'a> Circuit<'a> {
    /// The nodes that a formula is made of.
    pub(super) fn new(space: &'a Space, root: Ref) -> Circuit<'a> {
        let mut circuit = Circuit {
            space,
            gates: Vec::new(),
            nodes: Vec::new(),
            variables: HashMap::new(),
            atoms: HashMap::new(),
            root: Lit::new(0, root.is_negated()),
        };
        let mut wanted = vec![root.node()];
        let mut found = Vec::new();
        let mut seen = vec![false; root.node().saturating_add(1)];
        while let Some(node) = wanted.pop() {
            match seen.get_mut(node) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            found.push(node);
            if let Some(Node::And(parts)) = space.nodes().get(node) {
                wanted.extend(parts.iter().map(|part| part.node()));
            }
        }
        found.sort_unstable();
        for node in found {
            circuit.enter(node);
        }
        circuit.root = circuit.lit(root);
        circuit
    }

    fn enter(&mut self, node: usize) {
        let gate = match self.space.nodes().get(node) {
            Some(Node::Atom(atom)) => Gate::Atom(atom.clone()),
            Some(Node::And(parts)) => Gate::And(parts.iter().map(|part| self.lit(*part)).collect()),
            Some(Node::True) | None => Gate::True,
        };
        let variable = self.push(gate, Some(node));
        self.variables.insert(node, variable);
    }

    fn push(&mut self, gate: Gate, node: Option<usize>) -> u32 {
        let variable = u32::try_from(self.gates.len()).unwrap_or(u32::MAX >> 1);
        if let Gate::Atom(atom) = &gate {
            self.atoms.insert(atom.clone(), variable);
        }
        self.gates.push(gate);
        self.nodes.push(node);
        variable
    }

    fn lit(&self, of: Ref) -> Lit {
        Lit::new(self.variables.get(&of.node()).copied().unwrap_or(0), of.is_negated())
    }

    /// How many variables there are.
    pub(super) fn len(&self) -> usize {
        self.gates.len()
    }

    /// What a variable stands for.
    pub(super) fn gate(&self, variable: usize) -> &Gate {
        self.gates.get(variable).unwrap_or(&Gate::True)
    }

    /// The node of a variable.
    pub(super) fn node(&self, variable: usize) -> Option<usize> {
        self.nodes.get(variable).copied().flatten()
    }

    /// The clauses of the nodes, each with the variable that it describes.
    pub(super) fn clauses(&self) -> Vec<(usize, Vec<Lit>)> {
        let mut wanted = vec![(false, false); self.len()];
        let want = |lit: Lit, wanted: &mut Vec<(bool, bool)>| {
            if let Some(slot) = wanted.get_mut(lit.variable()) {
                if lit.is_negated() { slot.1 = true } else { slot.0 = true }
            }
        };
        want(self.root, &mut wanted);
        let mut clauses = Vec::new();
        for (variable, gate) in self.gates.iter().enumerate().rev() {
            let own = Lit::new(u32::try_from(variable).unwrap_or(0), false);
            let (holds, fails) = wanted.get(variable).copied().unwrap_or_default();
            match gate {
                Gate::True => clauses.push((variable, vec![own])),
                Gate::Atom(_) => {}
                Gate::And(parts) => {
                    for part in parts.iter().filter(|_| holds) {
                        clauses.push((variable, vec![!own, *part]));
                        want(*part, &mut wanted);
                    }
                    if fails {
                        clauses.push((variable, std::iter::once(own).chain(parts.iter().map(|part| !*part)).collect()));
                        parts.iter().for_each(|part| want(!*part, &mut wanted));
                    }
                }
            }
        }
        clauses
    }

    /// `left = right`, in a sort without an order.
    pub(super) fn equal(&mut self, left: TermId, right: TermId) -> Said {
        if left == right {
            return Said::Known(true);
        }
        if self.space.constant_of(left).is_some() && self.space.constant_of(right).is_some() {
            return Said::Known(false);
        }
        Said::Lit(Lit::new(self.atom(Atom::Equal(left.min(right), left.max(right))), false))
    }

    /// `left - right <= by`, or `<` if strict; an absent term is zero.
    pub(super) fn bound(&mut self, left: Option<TermId>, right: Option<TermId>, by: i128, strict: bool) -> Said {
        match self.space.bound(left, right, by, strict) {
            Bound::Known(known) => Said::Known(known),
            Bound::Is(atom) => Said::Lit(Lit::new(self.atom(atom), false)),
            Bound::IsNot(atom) => Said::Lit(Lit::new(self.atom(atom), true)),
            Bound::TooLarge => Said::Nothing,
        }
    }

    /// `left <= right`, in a sort with an order.
    pub(super) fn at_most(&mut self, left: TermId, right: TermId) -> Said {
        let ((left, l), (right, r)) = (self.space.apart(left), self.space.apart(right));
        r.checked_sub(l).map_or(Said::Nothing, |by| self.bound(left, right, by, false))
    }

    fn atom(&mut self, atom: Atom) -> u32 {
        match self.atoms.get(&atom) {
            Some(found) => *found,
            None => self.push(Gate::Atom(atom), None),
        }
    }
}
