//! What an operator, a call or a cast means, once the types of its operands are known.
//!
//! In: a name and types. Out: what the operands become, what comes of them, and whether NULL in gives NULL out. Must not know
//! expressions: `walk` goes through them to judge, others to encode them.

use super::TypeId;
use super::coerce::{self, Context, Pathway};
use super::function::{self, Call, Called};
use super::operator;
use super::world::World;
use crate::typing::catalog::FunctionKind;

/// Where the numbers of what is not PostgreSQL's own begin.
const FOREIGN: u32 = 1_000_000;

/// An operator or a function as it is used.
#[derive(Clone, Debug)]
pub struct Meant {
    /// What the operands become.
    pub operands: Vec<TypeId>,
    /// The type of the value.
    pub result: TypeId,
    /// The function behind it: two of one number do the same.
    pub function: u32,
    /// Whether NULL in gives NULL out.
    pub strict: bool,
    /// `i`, `s` or `v`.
    pub volatility: u8,
    /// Places in btree operator families: family and strategy.
    pub btree: Vec<(u32, u8)>,
}

impl Meant {
    /// Whether it is PostgreSQL's own.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.function < FOREIGN
    }
}

/// What a call means.
#[derive(Clone, Debug)]
pub enum CallMeant {
    /// A function of one value.
    Function(Meant),
    /// A cast in the form of a call.
    Cast(TypeId),
}

/// How a cast is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CastMeant {
    /// The value stays what it is.
    Relabel,
    /// Anything else.
    Converted,
}

/// The operator of that name between two types; a prefix operator without a left one.
#[must_use]
pub fn operator(world: &World, name: &str, left: Option<TypeId>, right: TypeId) -> Option<Meant> {
    let found = match left {
        Some(left) => operator::infix(world, name, left, right),
        None => operator::prefix(world, name, right),
    };
    let given: Vec<TypeId> = left.into_iter().chain([right]).collect();
    let used = operator::used(world, found.ok()?, &given).ok()?;
    let function = used.operator.function;
    // Of PostgreSQL's own operators those that join arrays take NULL for an empty one.
    let joins = name == "||" && used.operands.iter().any(|kind| world.element(world.base(*kind)).is_some());
    let strict = !used.operator.btree.is_empty() || (function < FOREIGN && !joins);
    Some(Meant { operands: used.operands, result: used.result, function, strict, volatility: b's', btree: used.operator.btree })
}

/// The function of that name for arguments of these types, by position.
#[must_use]
pub fn call(world: &World, name: &str, args: &[TypeId]) -> Option<CallMeant> {
    match function::called(world, Call { name, args, names: &[] }).ok()? {
        Called::Cast(target) => Some(CallMeant::Cast(target)),
        Called::Function { function, operands, result, misplaced: None } => Some(CallMeant::Function(Meant {
            operands,
            result,
            function: function.id,
            strict: function.strict,
            volatility: function.volatility,
            btree: Vec::new(),
        })),
        Called::Function { .. } => None,
    }
}

/// Whether a function of that name is over several rows, or gives several.
#[must_use]
pub fn is_of_rows(world: &World, name: &str) -> (bool, bool) {
    let all = world.catalog().functions(name);
    let aggregate = all.iter().any(|function| function.kind != FunctionKind::Function);
    (aggregate, all.iter().any(|function| function.set))
}

/// How a value of one type is cast to another; none if it is not.
#[must_use]
pub fn cast(world: &World, from: TypeId, to: TypeId) -> Option<CastMeant> {
    let relabel = coerce::pathway(world, to, from, Context::Explicit)? == Pathway::Relabel;
    Some(if relabel { CastMeant::Relabel } else { CastMeant::Converted })
}

/// The type that values of these types have in common.
#[must_use]
pub fn common(world: &World, types: &[TypeId]) -> Option<TypeId> {
    coerce::common(world, types).ok()
}
