//! The cases of one extension. In: its rows and operands. Out: every operator name between two operands, every function name of the
//! extension with one argument and with two, every function of PostgreSQL's own with one, calls as the signatures are, casts, subscripts and
//! constructs. Each has something of the extension in it. Must not know: who judges them.

use std::collections::BTreeSet;

use policy_core::model::{Expr, Kind, SqlType};
use policy_core::typing::extension::Extension;

use super::operands::Operands;
use crate::case::Case;
use crate::phases::Phase;
use crate::rng::Rng;

const OPERATORS: &str = include_str!("../../../../policy-core/src/typing/catalog/operators.txt");
const FUNCTIONS: &str = include_str!("../../../../policy-core/src/typing/catalog/functions.txt");

/// Ways to put two values together that are no operators: what they are is in `construct`.
const CONSTRUCTS: [&str; 11] =
    ["coalesce", "greatest", "nullif", "IN", "IS DISTINCT FROM", "rows <", "rows <>", "= ANY", "[]", "ARRAY", "LIKE"];

/// How many ways each signature is called in.
const NEAR: usize = 4;

/// All the cases of an extension.
pub(super) struct Cases<'a> {
    name: &'static str,
    operands: &'a Operands,
    /// Whether it has operators between PostgreSQL's own types only.
    plain: bool,
    operators: Vec<&'static str>,
    calls: Vec<&'static str>,
    /// Function names of PostgreSQL's own.
    others: Vec<&'static str>,
    targets: Vec<SqlType>,
    /// Of each function its name, its arguments, how many of those have defaults.
    signatures: Vec<(&'static str, Vec<u32>, usize)>,
}

/// The third field of each line of that kind, once each.
fn names(text: &'static str, field: usize) -> BTreeSet<&'static str> {
    text.lines().filter_map(|line| line.split(' ').nth(field)).collect()
}

fn signature(line: &'static str) -> Option<(&'static str, Vec<u32>, usize)> {
    let fields: Vec<&'static str> = line.split(' ').collect();
    let ["function", _, name, _, _, _, _, _, _, defaults, _, args, ..] = fields.as_slice() else { return None };
    Some((name, args.split(',').filter_map(|arg| arg.parse().ok()).collect(), defaults.parse().ok()?))
}

impl<'a> Cases<'a> {
    pub(super) fn new(extension: &'static Extension, operands: &'a Operands) -> Cases<'a> {
        let mut operators = names(OPERATORS, 1);
        let own = |kind: &'static str| extension.text.lines().filter(move |line| line.starts_with(kind));
        operators.extend(own("operator ").filter_map(|line| line.split(' ').nth(1)));
        let signatures: Vec<_> = own("function ").filter_map(signature).collect();
        let calls: BTreeSet<&str> = signatures.iter().map(|one| one.0).collect();
        let others = names(FUNCTIONS, 2);
        Cases {
            name: extension.name,
            operands,
            plain: extension.name == "pg_trgm",
            operators: operators.into_iter().collect(),
            calls: calls.iter().copied().collect(),
            others: others.difference(&calls).copied().collect(),
            targets: operands.targets().cloned().collect(),
            signatures,
        }
    }

    fn families(&self) -> [usize; 7] {
        let size = self.operands.exprs.len();
        [
            self.operators.len() * size * (size + 1),
            self.calls.len() * size,
            self.calls.len() * size * size,
            self.others.len() * self.operands.own,
            self.targets.len() * size * 2,
            CONSTRUCTS.len() * size * size,
            self.signatures.len() * NEAR,
        ]
    }

    /// Whether any of these operands is of the extension.
    fn has_own(&self, operands: &[usize]) -> bool {
        operands.iter().any(|index| *index < self.operands.own)
    }

    fn operand(&self, index: usize) -> Option<Expr> {
        self.operands.exprs.get(index).cloned()
    }

    fn operator(&self, index: usize) -> Option<Case> {
        let size = self.operands.exprs.len();
        let (second, rest) = (index % size, index / size);
        let (first, name) = (rest % (size + 1), *self.operators.get(rest / (size + 1))?);
        if !self.plain && !self.has_own(&[first, second]) {
            return None;
        }
        let right = Box::new(self.operand(second)?);
        let kind = match self.operand(first) {
            Some(left) => Kind::Binary(name.to_owned(), Box::new(left), right),
            None => Kind::Unary(name.to_owned(), right),
        };
        Some(Case::value(format!("{}: {name}", self.name), Expr::new(kind)))
    }

    /// A call; one of a name that PostgreSQL has too only with something of the extension.
    fn call(&self, name: &'static str, args: &[usize]) -> Option<Case> {
        if !self.has_own(args) && FUNCTIONS.lines().any(|line| line.split(' ').nth(2) == Some(name)) {
            return None;
        }
        let args = args.iter().map(|index| self.operand(*index)).collect::<Option<Vec<_>>>()?;
        Some(self.called(name, args))
    }

    fn called(&self, name: &str, args: Vec<Expr>) -> Case {
        Case::value(format!("{}: {name}", self.name), Expr::new(Kind::Call(name.to_owned(), args)))
    }

    fn cast(&self, index: usize) -> Option<Case> {
        let (listed, rest) = (index % 2 == 1, index / 2);
        let size = self.operands.exprs.len();
        let (target, operand) = (rest / size, rest % size);
        if !self.has_own(&[target, operand]) {
            return None;
        }
        let (target, operand) = (self.targets.get(target)?, self.operand(operand)?);
        let operand = if listed { Expr::new(Kind::Array(vec![operand])) } else { operand };
        Some(Case::value(format!("{}: ::{target}", self.name), Expr::new(Kind::Cast(Box::new(operand), target.clone()))))
    }

    fn construct(&self, index: usize) -> Option<Case> {
        let size = self.operands.exprs.len();
        let (second, rest) = (index % size, index / size);
        let (first, name) = (rest % size, *CONSTRUCTS.get(rest / size)?);
        if !self.has_own(&[first, second]) {
            return None;
        }
        let (a, b) = (self.operand(first)?, self.operand(second)?);
        let row = |one: &Expr| Box::new(Expr::new(Kind::Row(vec![one.clone(), one.clone()])));
        let (left, right) = (Box::new(a.clone()), Box::new(b.clone()));
        let kind = match name {
            "IN" => Kind::In(left, vec![b.clone(), b], false),
            "IS DISTINCT FROM" => Kind::Distinct(left, right, false),
            "rows <" => Kind::Binary("<".to_owned(), row(&a), row(&b)),
            "rows <>" => Kind::Binary("<>".to_owned(), row(&a), row(&b)),
            "= ANY" => Kind::AnyArray(left, "=".to_owned(), right, false),
            "[]" => Kind::Subscript(left, right),
            "ARRAY" => Kind::Array(vec![a, b]),
            "LIKE" => Kind::Like("LIKE".to_owned(), left, right, None, false),
            _ => Kind::Call(name.to_owned(), vec![a, b]),
        };
        Some(Case::value(format!("{}: {name}", self.name), Expr::new(kind)))
    }

    /// A call with the types of a signature: with all of its arguments, without those that have defaults, with one of another type.
    fn near(&self, index: usize, rng: &mut Rng) -> Option<Case> {
        let (name, args, defaults) = self.signatures.get(index / NEAR)?;
        let mut indexes: Vec<Expr> = Vec::new();
        for kind in args {
            indexes.push(self.operands.of(*kind).or_else(|| self.operand(rng.below(self.operands.exprs.len())))?);
        }
        match index % NEAR {
            1 => indexes.truncate(args.len() - (*defaults).min(args.len())),
            2 | 3 if !indexes.is_empty() => {
                let at = rng.below(indexes.len());
                indexes[at] = self.operand(rng.below(self.operands.exprs.len()))?;
            }
            _ => {}
        }
        let own = args.iter().any(|kind| *kind >= 1_000_000) && index % NEAR < 2;
        let foreign = FUNCTIONS.lines().any(|line| line.split(' ').nth(2) == Some(name));
        (own || !foreign).then(|| self.called(name, indexes))
    }
}

impl Phase for Cases<'_> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn count(&self) -> usize {
        self.families().iter().sum()
    }

    fn case(&self, index: usize, rng: &mut Rng) -> Option<Case> {
        let size = self.operands.exprs.len();
        let mut index = index;
        for (family, count) in self.families().into_iter().enumerate() {
            if index >= count {
                index -= count;
                continue;
            }
            return match family {
                0 => self.operator(index),
                1 => self.call(self.calls.get(index / size)?, &[index % size]),
                2 => self.call(self.calls.get(index / size / size)?, &[index / size % size, index % size]),
                3 => self.call(self.others.get(index / self.operands.own)?, &[index % self.operands.own]),
                4 => self.cast(index),
                5 => self.construct(index),
                _ => self.near(index, rng),
            };
        }
        None
    }
}
