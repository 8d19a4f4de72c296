//! Which type may stand for which.
//!
//! In: types. Out: how one becomes another, if it does. Must not know expressions.
//! Source: `find_coercion_pathway`, `can_coerce_type` and `select_common_type` of PostgreSQL's `parse_coerce.c`;
//! documentation 10.4 and 10.5.

use super::TypeId;
use super::catalog::Method;
use super::extension;
use super::polymorphic;
use super::world::World;

/// Who asks for a conversion: the later in this list, the more is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// An operand or argument.
    Implicit,
    /// A value for a column, a condition.
    Assignment,
    /// A cast.
    Explicit,
}

/// How a value becomes one of another type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pathway {
    /// It is one already.
    Relabel,
    /// By a function.
    Function,
    /// Element by element.
    Elements,
    /// By way of the text.
    Text,
}

const STRING: u8 = b'S';

/// How a value of one type becomes one of another; `None` if it does not.
#[must_use]
pub(super) fn pathway(world: &World, target: TypeId, source: TypeId, context: Context) -> Option<Pathway> {
    let (source, target) = (world.base(source), world.base(target));
    if source == target {
        return Some(Pathway::Relabel);
    }
    if let Some(cast) = world.catalog().cast(source, target).or_else(|| extension::cast(source, target)) {
        return (context >= cast.context).then_some(match cast.method {
            Method::Function => Pathway::Function,
            Method::Binary => Pathway::Relabel,
            Method::InOut => Pathway::Text,
        });
    }
    if target != TypeId::OIDVECTOR
        && target != TypeId::INT2VECTOR
        && let (Some(to), Some(from)) = (world.element(target), world.element(source))
        && pathway(world, to, from, context).is_some()
    {
        return Some(Pathway::Elements);
    }
    let to_text = context >= Context::Assignment && world.category(target) == STRING;
    let from_text = context >= Context::Explicit && world.category(source) == STRING;
    (to_text || from_text).then_some(Pathway::Text)
}

/// Whether values of these types can stand where those are wanted, polymorphic ones included.
#[must_use]
pub fn can_coerce(world: &World, given: &[TypeId], wanted: &[TypeId], context: Context) -> bool {
    let mut generic = false;
    for (given, wanted) in given.iter().zip(wanted) {
        if wanted.is_polymorphic() {
            generic |= given != wanted;
        } else if !can_coerce_one(world, *given, *wanted, context) {
            return false;
        }
    }
    !generic || polymorphic::consistent(world, given, wanted)
}

fn can_coerce_one(world: &World, given: TypeId, wanted: TypeId, context: Context) -> bool {
    given == wanted
        || wanted == TypeId::ANY
        || given == TypeId::UNKNOWN
        || pathway(world, wanted, given, context).is_some()
        || (given == TypeId::RECORD && world.is_complex(wanted))
        || (wanted == TypeId::RECORD && world.is_complex(given))
        || (wanted == TypeId::RECORD_ARRAY && world.element(given).is_some_and(|element| world.is_complex(element)))
}

/// Whether one type becomes another without being asked to.
#[must_use]
pub(super) fn implicitly(world: &World, given: TypeId, wanted: TypeId) -> bool {
    can_coerce(world, &[given], &[wanted], Context::Implicit)
}

/// The type that values of several types have in common.
///
/// # Errors
/// The two types of different categories.
pub(super) fn common(world: &World, types: &[TypeId]) -> Result<TypeId, (TypeId, TypeId)> {
    let Some(first) = types.first() else { return Ok(TypeId::TEXT) };
    if *first != TypeId::UNKNOWN && types.iter().all(|kind| kind == first) {
        return Ok(*first);
    }
    let mut chosen = world.base(*first);
    for next in types.iter().skip(1).map(|kind| world.base(*kind)) {
        if next == TypeId::UNKNOWN || next == chosen {
            continue;
        }
        if chosen == TypeId::UNKNOWN {
            chosen = next;
        } else if world.category(next) != world.category(chosen) {
            return Err((chosen, next));
        } else if !world.is_preferred(chosen) && implicitly(world, chosen, next) && !implicitly(world, next, chosen) {
            chosen = next;
        }
    }
    Ok(if chosen == TypeId::UNKNOWN { TypeId::TEXT } else { chosen })
}

/// The common type, if every value becomes one of it.
#[must_use]
pub(super) fn verified_common(world: &World, types: &[TypeId]) -> Option<TypeId> {
    let chosen = common(world, types).ok()?;
    types.iter().all(|kind| can_coerce_one(world, *kind, chosen, Context::Implicit)).then_some(chosen)
}
