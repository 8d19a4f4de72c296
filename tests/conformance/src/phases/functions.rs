//! Every function name with one argument and with two, and calls near the signatures that there are. In: the universe. Out: `f(a, b)`.

use std::collections::BTreeMap;

use policy_core::model::{Expr, Kind, Literal};

use super::Phase;
use crate::case::Case;
use crate::rng::Rng;
use crate::universe::{Universe, number, own, text};

const CATALOG: &str = include_str!("../../../../policy-core/src/typing/catalog/functions.txt");
const TYPES: &str = include_str!("../../../../policy-core/src/typing/catalog/types.txt");

/// What is called like a function, and is none.
const CONSTRUCTS: [&str; 5] = ["coalesce", "nullif", "greatest", "least", "no_such_function"];

/// A function as the catalog has it.
struct Signature {
    name: &'static str,
    variadic: bool,
    defaults: usize,
    args: Vec<&'static str>,
}

impl Signature {
    fn takes(&self, count: usize) -> bool {
        let most = self.args.len();
        count + self.defaults >= most && count <= most || self.variadic && count + 1 >= most
    }
}

fn signatures() -> Vec<Signature> {
    let read = |line: &'static str| {
        let fields: Vec<&'static str> = line.split(' ').collect();
        let [_, _, name, _, _, _, _, _, variadic, defaults, _, args, ..] = fields.as_slice() else { return None };
        let args = if *args == "-" { Vec::new() } else { args.split(',').collect() };
        Some(Signature { name, variadic: *variadic != "0", defaults: defaults.parse().ok()?, args })
    };
    CATALOG.lines().filter_map(read).collect()
}

/// Every name of which `wanted` holds for one function, once, and the constructs.
fn names(wanted: impl Fn(&Signature) -> bool) -> Vec<&'static str> {
    let mut names: Vec<&str> = signatures().iter().filter(|one| wanted(one)).map(|one| one.name).chain(CONSTRUCTS).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn call(name: &str, args: Vec<Expr>) -> Case {
    Case::value(name, Expr::new(Kind::Call(name.to_owned(), args)))
}

/// `f(a)`, for every name.
pub(super) struct One<'a> {
    operands: &'a [Expr],
    names: Vec<&'static str>,
}

impl<'a> One<'a> {
    pub(super) fn new(universe: &'a Universe) -> Self {
        One { operands: &universe.operands, names: names(|_| true) }
    }
}

impl Phase for One<'_> {
    fn name(&self) -> &'static str {
        "functions of one"
    }

    fn count(&self) -> usize {
        self.names.len() * self.operands.len()
    }

    fn case(&self, index: usize, _: &mut Rng) -> Option<Case> {
        let size = self.operands.len();
        Some(call(self.names.get(index / size)?, vec![self.operands.get(index % size)?.clone()]))
    }
}

/// `f(a, b)`, for the names of functions that take two arguments, over the more usual types.
pub(super) struct Two<'a> {
    operands: &'a [Expr],
    names: Vec<&'static str>,
}

impl<'a> Two<'a> {
    pub(super) fn new(universe: &'a Universe) -> Self {
        Two { operands: &universe.common, names: names(|one| one.takes(2)) }
    }
}

impl Phase for Two<'_> {
    fn name(&self) -> &'static str {
        "functions of two"
    }

    fn count(&self) -> usize {
        self.names.len() * self.operands.len().pow(2)
    }

    fn case(&self, index: usize, _: &mut Rng) -> Option<Case> {
        let size = self.operands.len();
        let (first, rest) = (index % size, index / size);
        let args = [rest % size, first].map(|at| self.operands.get(at).cloned());
        Some(call(self.names.get(rest / size)?, args.into_iter().flatten().collect()))
    }
}

/// For each signature, calls with the types that it names and with a few others, of any length.
pub(super) struct Near<'a> {
    operands: &'a [Expr],
    common: &'a [Expr],
    signatures: Vec<Signature>,
    /// The column of a type, by the type's number.
    columns: BTreeMap<&'static str, Expr>,
}

const NEAR: usize = 120;

impl<'a> Near<'a> {
    pub(super) fn new(universe: &'a Universe) -> Self {
        let mut columns = BTreeMap::new();
        for line in TYPES.lines() {
            let fields: Vec<&'static str> = line.split(' ').collect();
            let [_, oid, name, _, _, _, _, array, ..] = fields.as_slice() else { continue };
            let has = |name: &str| universe.k.iter().any(|(column, _)| column == name);
            if has(name) {
                columns.insert(*oid, own(name));
            }
            let list = match *name {
                "int4" => "int_array",
                "text" => "text_array",
                "uuid" => "uuid_array",
                "numeric" => "numeric_array",
                _ => continue,
            };
            columns.insert(*array, own(list));
        }
        Near { operands: &universe.operands, common: &universe.common, signatures: signatures(), columns }
    }

    fn argument(&self, oid: &str, rng: &mut Rng) -> Expr {
        match rng.below(12) {
            0 => Expr::new(Kind::Literal(Literal::Null)),
            1 => number(rng.word(&["0", "1", "2147483648", "1.5"])),
            2 => text(rng.word(&["1", "a", "{1,2}", "2024-01-01", "true", "[1,2)", ""])),
            3 => rng.pick(self.common).clone(),
            4 => rng.pick(self.operands).clone(),
            // A polymorphic argument takes any of the usual ones.
            _ => self.columns.get(oid).cloned().unwrap_or_else(|| rng.pick(self.common).clone()),
        }
    }
}

impl Phase for Near<'_> {
    fn name(&self) -> &'static str {
        "functions near their signatures"
    }

    fn count(&self) -> usize {
        self.signatures.len() * NEAR
    }

    fn case(&self, index: usize, rng: &mut Rng) -> Option<Case> {
        let signature = self.signatures.get(index / NEAR)?;
        let mut args: Vec<Expr> = signature.args.iter().map(|oid| self.argument(oid, rng)).collect();
        let drop = rng.below(signature.defaults + 1).min(args.len());
        args.truncate(args.len() - drop);
        match rng.below(12) {
            0 => drop_last(&mut args),
            1 => args.push(rng.pick(self.common).clone()),
            _ if signature.variadic => (0..rng.below(3)).for_each(|_| args.push(rng.pick(self.common).clone())),
            _ => {}
        }
        Some(call(signature.name, args))
    }
}

fn drop_last(args: &mut Vec<Expr>) {
    let _ = args.pop();
}
