//! Which operator is meant, and what it gives.
//!
//! In: a name and the types of its operands. Out: the operator with its types made plain, or the refusal. Must not know
//! expressions. Source: `oper`, `left_oper` and `make_op` of PostgreSQL's `parse_oper.c`.

use super::TypeId;
use super::catalog::Operator;
use super::extension;
use super::fault::Refusal;
use super::polymorphic;
use super::select::{Choice, choose};
use super::world::World;

/// An operator as it is used: what its operands become, what it gives.
#[derive(Clone, Debug)]
pub(super) struct Used {
    /// The operator.
    pub(super) operator: Operator,
    /// The types that the operands become.
    pub(super) operands: Vec<TypeId>,
    /// The type of the result.
    pub(super) result: TypeId,
}

/// The operator of that name between two types.
pub(super) fn infix(world: &World, name: &str, left: TypeId, right: TypeId) -> Result<Operator, Refusal> {
    let name = if name == "!=" { "<>" } else { name };
    let own = world.catalog().operators(name).iter().filter(|one| one.left.is_some());
    let further = extension::operators(name, &[left, right], own.clone().next().is_none());
    let all: Vec<&Operator> = own.chain(further.iter().filter(|one| one.left.is_some())).collect();
    among(world, &all, name, left, right)
}

/// The operator of an extension between types of PostgreSQL's own, for a name that PostgreSQL has between other types:
/// `text % text`. Whether a server has the extension is not known then.
pub(super) fn elsewhere(world: &World, name: &str, left: TypeId, right: TypeId) -> Option<Operator> {
    let all = extension::plain_operators(name);
    let all: Vec<&Operator> = all.iter().filter(|one| one.left.is_some()).collect();
    among(world, &all, name, left, right).ok()
}

fn among(world: &World, all: &[&Operator], name: &str, left: TypeId, right: TypeId) -> Result<Operator, Refusal> {
    if let Some(exact) = exact(world, all, left, right) {
        return Ok(exact.clone());
    }
    let types: Vec<[TypeId; 2]> = all.iter().map(|one| [one.left.unwrap_or(one.right), one.right]).collect();
    let types: Vec<&[TypeId]> = types.iter().map(<[TypeId; 2]>::as_slice).collect();
    match choose(world, &[left, right], &types) {
        Choice::One(index) => all.get(index).map(|one| (*one).clone()).ok_or_else(|| none(world, name, Some(left), right)),
        Choice::None => Err(none(world, name, Some(left), right)),
        Choice::Several => Err(several(world, name, Some(left), right)),
    }
}

/// The operator that takes just these types; an operand without a type takes the other's, or what that is a domain over.
fn exact<'a>(world: &World, all: &[&'a Operator], left: TypeId, right: TypeId) -> Option<&'a Operator> {
    let of = |left: TypeId, right: TypeId| all.iter().find(|one| one.left == Some(left) && one.right == right).copied();
    let unknown = left == TypeId::UNKNOWN || right == TypeId::UNKNOWN;
    let (a, b) = match (left, right) {
        (TypeId::UNKNOWN, right) => (right, right),
        (left, TypeId::UNKNOWN) => (left, left),
        both => both,
    };
    of(a, b).or_else(|| {
        let base = world.base(a);
        if unknown && base != a { of(base, base) } else { None }
    })
}

/// The prefix operator of that name.
pub(super) fn prefix(world: &World, name: &str, operand: TypeId) -> Result<Operator, Refusal> {
    let own = world.catalog().operators(name).iter();
    let further = extension::operators(name, &[operand], false);
    let all: Vec<&Operator> = own.chain(&further).filter(|one| one.left.is_none()).collect();
    if let Some(exact) = all.iter().find(|one| one.right == operand) {
        return Ok((*exact).clone());
    }
    let types: Vec<[TypeId; 1]> = all.iter().map(|one| [one.right]).collect();
    let types: Vec<&[TypeId]> = types.iter().map(<[TypeId; 1]>::as_slice).collect();
    match choose(world, &[operand], &types) {
        Choice::One(index) => all.get(index).map(|one| (*one).clone()).ok_or_else(|| none(world, name, None, operand)),
        Choice::None => Err(none(world, name, None, operand)),
        Choice::Several => Err(several(world, name, None, operand)),
    }
}

/// The operator with its types made plain.
pub(super) fn used(world: &World, operator: Operator, given: &[TypeId]) -> Result<Used, Refusal> {
    let declared: Vec<TypeId> = operator.left.into_iter().chain([operator.right]).collect();
    let (operands, result) = polymorphic::enforce(world, given, &declared, operator.result)?;
    Ok(Used { operator, operands, result })
}

fn written(world: &World, name: &str, left: Option<TypeId>, right: TypeId) -> String {
    match left {
        Some(left) => format!("{} {name} {}", world.name(left), world.name(right)),
        None => format!("{name} {}", world.name(right)),
    }
}

fn none(world: &World, name: &str, left: Option<TypeId>, right: TypeId) -> Refusal {
    Refusal::new("42883", format!("operator does not exist: {}", written(world, name, left, right)))
}

fn several(world: &World, name: &str, left: Option<TypeId>, right: TypeId) -> Refusal {
    Refusal::new("42725", format!("operator is not unique: {}", written(world, name, left, right)))
}
