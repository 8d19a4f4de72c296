//! Whether something can hold: what everybody else asks.
//!
//! In: expressions, the types of what they name, a budget of steps. Out: a proof that it cannot, a row of which it does, a row of which
//! it may and what that hangs on, or that it is not known. Must not know policies.

use std::collections::BTreeSet;

use super::certificate::Certificate;
use super::checker;
use super::encode::{Encoded, Holder, encode};
use super::evaluate::{self, Row};
use super::facts::Facts;
use super::model::Model;
use super::smtlib;
use super::solve::{Answer, solve};
use super::space::{Atom, Node, Ref, Space, Term, TermId};
use super::witness::{Maker, Witness};
use crate::model::Expr;
use crate::typing::World;

/// How many steps a question has.
pub const BUDGET: u64 = 200_000;

/// A question: can there be a row, a context and a database of which all of this is so?
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The types of one major.
    pub world: &'a World,
    /// The names.
    pub facts: &'a dyn Facts,
    /// What is TRUE in any case.
    pub assume: &'a [&'a Expr],
    /// What is to be TRUE.
    pub wish: &'a [&'a Expr],
    /// What is not to be TRUE: FALSE or NULL.
    pub deny: &'a [&'a Expr],
}

/// The question names expressions, and says no more of the world than its major.
impl std::fmt::Debug for Question<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Question { world, assume, wish, deny, .. } = self;
        let major = world.major();
        f.debug_struct("Question")
            .field("major", &major)
            .field("assume", assume)
            .field("wish", wish)
            .field("deny", deny)
            .finish_non_exhaustive()
    }
}

/// The answer.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// There can be no such row.
    Never(Box<Proof>),
    /// Of this row it is so: an evaluator of its own has looked.
    Holds(Witness),
    /// Of this row it may be so; that hangs on what is listed.
    Possible(Witness, Vec<String>),
    /// It is not known, and why.
    Unknown(String),
}

impl Verdict {
    /// Whether it is proved that there is no such row.
    #[must_use]
    pub fn is_never(&self) -> bool {
        matches!(self, Verdict::Never(_))
    }
}

/// A proof that was read again by a checker.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Terms and formulas.
    pub space: Space,
    /// What cannot hold.
    pub root: Ref,
    /// Why.
    pub certificate: Certificate,
}

impl Proof {
    /// The question for another solver.
    #[must_use]
    pub fn smtlib(&self) -> String {
        smtlib::write(&self.space, self.root)
    }
}

/// Whether there can be a row of which all of it is so.
#[must_use]
pub fn can_hold(question: &Question<'_>, budget: u64) -> Verdict {
    let wanted: Vec<&Expr> = question.assume.iter().chain(question.wish).copied().collect();
    let mut encoded = encode(question.world, question.facts, &wanted, question.deny);
    let root = encoded.space.question(encoded.lemmas.iter().chain(&encoded.said).copied());
    match solve(&encoded.space, root, budget) {
        Answer::Never(certificate) if checker::accepts(&encoded.space, root, &certificate) => {
            Verdict::Never(Box::new(Proof { space: encoded.space, root, certificate }))
        }
        Answer::Never(_) => Verdict::Unknown("a proof that the checker does not accept".to_owned()),
        Answer::Spent => Verdict::Unknown(format!("not decided in {budget} steps")),
        Answer::Model(model) => {
            let model = plainer(&mut encoded, root, budget).unwrap_or(model);
            looked_at_again(question, &encoded, &model)
        }
    }
}

/// A row that says more: without infinities, and with as little NULL as there can be.
fn plainer(encoded: &mut Encoded, root: Ref, budget: u64) -> Option<Model> {
    let there = |holder: fn(Holder) -> bool| encoded.fields.iter().filter(move |field| holder(field.holder)).map(|field| !field.null);
    let context: Vec<Ref> = there(|holder| holder == Holder::Context).collect();
    let rows: Vec<Ref> = there(|holder| holder != Holder::Context).collect();
    let mut best = None;
    let mut asked = encoded.space.and([root].into_iter().chain(encoded.usual.iter().copied()));
    for more in [Vec::new(), context, rows] {
        let next = encoded.space.and([asked].into_iter().chain(more));
        if let Answer::Model(model) = solve(&encoded.space, next, budget) {
            (best, asked) = (Some(model), next);
        }
    }
    best
}

/// Whether every row of which one is TRUE is one of which the other is: `Never` is yes.
#[must_use]
pub fn implies(world: &World, facts: &dyn Facts, from: &Expr, to: &Expr, budget: u64) -> Verdict {
    can_hold(&Question { world, facts, assume: &[], wish: &[from], deny: &[to] }, budget)
}

/// Both directions: whether the first implies the second, and the second the first.
#[must_use]
pub fn equivalent(world: &World, facts: &dyn Facts, a: &Expr, b: &Expr, budget: u64) -> [Verdict; 2] {
    [implies(world, facts, a, b, budget), implies(world, facts, b, a, budget)]
}

/// What the evaluator says of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Look {
    Agrees,
    /// It cannot say.
    Open(String),
    Contradicts(String),
}

fn look(question: &Question<'_>, row: &Row) -> Look {
    let mut open = None;
    let wanted = question.assume.iter().chain(question.wish).map(|expr| (expr, true));
    for (expr, wanted) in wanted.chain(question.deny.iter().map(|expr| (expr, false))) {
        match evaluate::truth(expr, row) {
            Ok(value) if (value == Some(true)) == wanted => {}
            Ok(_) => return Look::Contradicts(super::encode::shown(expr)),
            Err(reason) => open = open.or(Some(reason.0)),
        }
    }
    open.map_or(Look::Agrees, Look::Open)
}

fn looked_at_again(question: &Question<'_>, encoded: &Encoded, model: &Model) -> Verdict {
    let mut maker = Maker::new(question.world, encoded, model);
    let row = maker.row();
    let plainly = look(question, &row);
    if plainly == Look::Agrees {
        return Verdict::Holds(maker.witness(&needed(question, row), Vec::new()));
    }
    let open = hangs_on(encoded, model, &encoded.said);
    let names: Vec<String> = open.iter().map(|(text, _)| text.clone()).collect();
    let answers = maker.answers();
    let witness = maker.witness(&row, open);
    // Two answers to what is one call for the evaluator: it cannot look again.
    let Some(opaque) = answers else { return Verdict::Possible(witness, names) };
    let answered = Row { opaque, opaque_first: true, ..row };
    match (look(question, &answered), plainly) {
        // The evaluator knows no infinities.
        (Look::Contradicts(_), _) if encoded.usual.iter().any(|usual| !model.truth(*usual)) => {
            Verdict::Possible(witness, vec!["an infinite value".to_owned()])
        }
        (Look::Contradicts(what), _) => Verdict::Unknown(format!("a row that does not pass a second look: {witness}: {what}")),
        (_, Look::Contradicts(what)) if names.is_empty() => {
            Verdict::Unknown(format!("a row that does not pass a second look: {witness}: {what}"))
        }
        (Look::Open(reason), _) | (Look::Agrees, Look::Open(reason)) if names.is_empty() => Verdict::Possible(witness, vec![reason]),
        _ => Verdict::Possible(witness, names),
    }
}

/// The row without what makes no difference.
fn needed(question: &Question<'_>, mut row: Row) -> Row {
    let names: Vec<String> = row.own.keys().cloned().collect();
    for name in names {
        if let Some(value) = row.own.remove(&name)
            && look(question, &row) != Look::Agrees
        {
            row.own.insert(name, value);
        }
    }
    let names: Vec<String> = row.ctx.keys().cloned().collect();
    for name in names {
        if let Some(value) = row.ctx.remove(&name)
            && look(question, &row) != Look::Agrees
        {
            row.ctx.insert(name, value);
        }
    }
    row
}

/// The open values and predicates that what was asked names, and whether they are TRUE.
fn hangs_on(encoded: &Encoded, model: &Model, said: &[Ref]) -> Vec<(String, bool)> {
    let (mut nodes, mut terms) = (BTreeSet::new(), BTreeSet::new());
    let mut next: Vec<usize> = said.iter().map(|one| one.node()).collect();
    while let Some(node) = next.pop() {
        if !nodes.insert(node) {
            continue;
        }
        match encoded.space.nodes().get(node) {
            Some(Node::And(parts)) => next.extend(parts.iter().map(|part| part.node())),
            Some(Node::Atom(Atom::Equal(a, b))) => terms.extend([*a, *b]),
            Some(Node::Atom(Atom::Within { left, right, .. })) => terms.extend(std::iter::once(*left).chain(*right)),
            Some(Node::Atom(Atom::Holds(_, args))) => terms.extend(args.iter().copied()),
            Some(Node::True) | None => {}
        }
    }
    let mut more: Vec<TermId> = terms.iter().copied().collect();
    while let Some(term) = more.pop() {
        if let Some(Term::Apply(_, args)) = encoded.space.term_at(term) {
            more.extend(args.iter().copied().filter(|arg| terms.insert(*arg)));
        }
    }
    let mut found: Vec<(String, bool)> = Vec::new();
    for one in &encoded.opaque {
        let named = one.term.map_or_else(|| nodes.contains(&one.truth.node()), |term| terms.contains(&term));
        let truth = one.term.map_or_else(|| model.truth(one.truth) && model.truth(one.there), |_| model.truth(one.there));
        match found.iter_mut().find(|(text, _)| *text == one.shown) {
            Some(known) => known.1 |= truth && named,
            None if named => found.push((one.shown.clone(), truth)),
            None => {}
        }
    }
    found
}
