//! The same question in SMT-LIB 2, so that any other solver can be asked. In: a space, a formula. Out: a script that ends in
//! `(check-sat)`. Must not know how the question is decided here.
//!
//! Ordered sorts are numbers. Functions are told apart by their arguments of sorts in which equal values are not the same value: the
//! other solver knows of congruence, and must not use it there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::space::{Atom, Constant, Node, Ref, Sort, SortId, Space, SymbolId, Term, TermId, UNIT};

/// The script that asks whether `root` can hold.
#[must_use]
pub fn write(space: &Space, root: Ref) -> String {
    let mut script = Script { space, text: String::from("(set-logic ALL)\n"), functions: BTreeMap::new() };
    let nodes = script.nodes(root);
    script.terms(&nodes);
    for node in &nodes {
        script.node(*node);
    }
    let asked = named(root);
    script.line(&format!("(assert {asked})\n(check-sat)"));
    script.text
}

/// What tells functions apart: the symbol, the sort of the result if it is one, and each argument by sort or by itself.
type Function = (SymbolId, Option<SortId>, Vec<Result<SortId, TermId>>);

struct Script<'a> {
    space: &'a Space,
    text: String,
    functions: BTreeMap<Function, usize>,
}

impl Script<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// The nodes that a formula is made of, each after its parts.
    fn nodes(&self, root: Ref) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut open = vec![root.node()];
        while let Some(node) = open.pop() {
            if found.insert(node)
                && let Some(Node::And(parts)) = self.space.nodes().get(node)
            {
                open.extend(parts.iter().map(|part| part.node()));
            }
        }
        found
    }

    /// Declares the terms of these nodes, each after its arguments.
    fn terms(&mut self, nodes: &BTreeSet<usize>) {
        let mut found = BTreeSet::new();
        let mut open: Vec<TermId> = Vec::new();
        for node in nodes {
            match self.space.nodes().get(*node) {
                Some(Node::Atom(Atom::Equal(a, b))) => open.extend([*a, *b]),
                Some(Node::Atom(Atom::Within { left, right, .. })) => open.extend([*left].into_iter().chain(*right)),
                Some(Node::Atom(Atom::Holds(_, args))) => open.extend(args),
                _ => {}
            }
        }
        while let Some(term) = open.pop() {
            if found.insert(term)
                && let Some(Term::Apply(_, args)) = self.space.term_at(term)
            {
                open.extend(args);
            }
        }
        let sorts: BTreeSet<SortId> = found.iter().filter_map(|term| self.space.sort_id(*term)).collect();
        for sort in sorts {
            if let Some(Sort { name, ordered: false, .. }) = self.space.sort_at(sort) {
                self.line(&format!("; {}\n(declare-sort S{} 0)", shown(name), sort.0));
            }
        }
        for term in &found {
            self.term(*term);
        }
        self.constants(&found);
    }

    fn term(&mut self, term: TermId) {
        let (Some(what), Some(sort)) = (self.space.term_at(term), self.space.sort_id(term)) else { return };
        let kind = self.kind(sort);
        let whole = self.space.is_integral(term) && kind == "Real";
        let name = term.0;
        match what {
            Term::Constant(Constant::Number(units)) if kind == "Real" => {
                self.line(&format!("(define-fun t{name} () Real {})", decimal(*units)));
            }
            Term::Constant(constant) => {
                let text = match constant {
                    Constant::Number(units) => units.to_string(),
                    Constant::Label(label) => label.clone(),
                };
                self.line(&format!("; the constant {}\n(declare-const t{name} {kind})", shown(&text)));
            }
            Term::Free(text) if whole => {
                let comment = shown(text);
                self.line(&format!("; {comment}\n(declare-const w{name} Int)\n(define-fun t{name} () Real (to_real w{name}))"));
            }
            Term::Free(text) => self.line(&format!("; {}\n(declare-const t{name} {kind})", shown(text))),
            Term::Apply(symbol, args) => {
                let applied = self.applied(*symbol, Some(sort), args);
                self.line(&format!("(define-fun t{name} () {kind} {applied})"));
                if whole {
                    self.line(&format!("(declare-const w{name} Int)\n(assert (= t{name} (to_real w{name})))"));
                }
            }
        }
    }

    /// Says that known values are apart.
    fn constants(&mut self, found: &BTreeSet<TermId>) {
        let mut by_sort: BTreeMap<SortId, Vec<String>> = BTreeMap::new();
        for (term, (what, sort, _)) in (0..).map(TermId).zip(self.space.terms()) {
            match what {
                Term::Constant(Constant::Number(units)) if self.kind(*sort) == "Real" => {
                    by_sort.entry(*sort).or_default().push(decimal(*units))
                }
                Term::Constant(_) if found.contains(&term) => by_sort.entry(*sort).or_default().push(format!("t{}", term.0)),
                _ => {}
            }
        }
        for names in by_sort.values().filter(|names| names.len() > 1 && names.iter().any(|name| name.starts_with('t'))) {
            self.line(&format!("(assert (distinct {}))", names.join(" ")));
        }
    }

    fn kind(&self, sort: SortId) -> String {
        match self.space.sort_at(sort) {
            Some(Sort { ordered: true, .. }) => "Real".to_owned(),
            _ => format!("S{}", sort.0),
        }
    }

    /// A function or predicate of arguments, declared where it is met first.
    fn applied(&mut self, symbol: SymbolId, result: Option<SortId>, args: &[TermId]) -> String {
        let by = |arg: &TermId| self.space.sort_id(*arg).filter(|_| self.space.sort_of(*arg).image).ok_or(*arg);
        let key: Function = (symbol, result, args.iter().map(by).collect());
        let given: Vec<(SortId, TermId)> = key.2.iter().zip(args).filter_map(|(by, arg)| by.ok().map(|sort| (sort, *arg))).collect();
        let next = self.functions.len();
        let number = *self.functions.entry(key).or_insert(next);
        if number == next {
            let kinds: Vec<String> = given.iter().map(|(sort, _)| self.kind(*sort)).collect();
            let result = result.map_or("Bool".to_owned(), |sort| self.kind(sort));
            let name = shown(self.space.name_of(symbol));
            self.line(&format!("; {name}\n(declare-fun f{number} ({}) {result})", kinds.join(" ")));
        }
        let mut text = String::new();
        for (_, arg) in &given {
            let _ = write!(text, " t{}", arg.0);
        }
        if text.is_empty() { format!("f{number}") } else { format!("(f{number}{text})") }
    }

    fn node(&mut self, node: usize) {
        let formula = match self.space.nodes().get(node) {
            Some(Node::Atom(Atom::Equal(a, b))) => format!("(= t{} t{})", a.0, b.0),
            Some(Node::Atom(Atom::Within { left, right, by, strict })) => {
                let difference = right.map_or(format!("t{}", left.0), |right| format!("(- t{} t{})", left.0, right.0));
                format!("({} {difference} {})", if *strict { "<" } else { "<=" }, decimal(*by))
            }
            Some(Node::Atom(Atom::Holds(symbol, args))) => self.applied(*symbol, None, args),
            Some(Node::And(parts)) => {
                let parts: Vec<String> = parts.iter().map(|part| named(*part)).collect();
                format!("(and {})", parts.join(" "))
            }
            Some(Node::True) | None => "true".to_owned(),
        };
        self.line(&format!("(define-fun n{node} () Bool {formula})"));
    }
}

fn named(node: Ref) -> String {
    if node.is_negated() { format!("(not n{})", node.node()) } else { format!("n{}", node.node()) }
}

/// Units as a number.
fn decimal(units: i128) -> String {
    let size = units.unsigned_abs();
    let unit = UNIT.unsigned_abs();
    let number = if size.is_multiple_of(unit) { format!("{}.0", size / unit) } else { format!("(/ {size}.0 {unit}.0)") };
    if units < 0 { format!("(- {number})") } else { number }
}

/// A text on one line.
fn shown(text: &str) -> String {
    text.escape_debug().collect()
}
