//! `anyelement` and its two families: whether given types agree, and what they make of the result.
//!
//! In: the types given and those declared. Out: the declared types made plain, and the result's. Must not know
//! expressions. Source: `check_generic_type_consistency` and `enforce_generic_type_consistency` of PostgreSQL's
//! `parse_coerce.c`; documentation 36.2.5 "Polymorphic Types".

use super::TypeId;
use super::coerce::{common, verified_common};
use super::fault::Refusal;
use super::world::World;

/// What the arguments say of one family of polymorphic types.
#[derive(Debug, Default)]
struct Family {
    element: Option<TypeId>,
    array: Option<TypeId>,
    range: Option<TypeId>,
    multirange: Option<TypeId>,
    not_array: bool,
    is_enum: bool,
    wants_array: bool,
    wants_range: bool,
    wants_multirange: bool,
    /// Whether any argument is of this family.
    used: bool,
    /// Whether one of them is of type unknown.
    unknown: bool,
    /// Of the second family: the types that must have one in common.
    collected: Vec<TypeId>,
}

/// What PostgreSQL says when types do not agree: 42804.
fn disagree(message: impl Into<String>) -> Refusal {
    Refusal::new("42804", message)
}

fn put(slot: &mut Option<TypeId>, kind: TypeId, what: &str) -> Result<(), Refusal> {
    match slot {
        Some(other) if *other != kind => Err(disagree(format!("arguments declared \"{what}\" are not all alike"))),
        _ => {
            *slot = Some(kind);
            Ok(())
        }
    }
}

/// Reads the arguments of the first family: `anyelement` and its kin must be alike.
fn first(world: &World, given: &[TypeId], declared: &[TypeId]) -> Result<Family, Refusal> {
    let mut family = Family::default();
    for (given, declared) in given.iter().zip(declared) {
        let known = *given != TypeId::UNKNOWN;
        let base = world.base(*given);
        match *declared {
            TypeId::ANYELEMENT | TypeId::ANYNONARRAY | TypeId::ANYENUM => {
                family.not_array |= *declared == TypeId::ANYNONARRAY;
                family.is_enum |= *declared == TypeId::ANYENUM;
                if known {
                    put(&mut family.element, *given, "anyelement")?;
                }
            }
            TypeId::ANYARRAY if known => put(&mut family.array, base, "anyarray")?,
            TypeId::ANYRANGE if known => put(&mut family.range, base, "anyrange")?,
            TypeId::ANYMULTIRANGE => {
                family.wants_multirange = true;
                if known {
                    put(&mut family.multirange, base, "anymultirange")?;
                }
            }
            TypeId::ANYARRAY | TypeId::ANYRANGE => {}
            _ => continue,
        }
        family.used = true;
        family.unknown |= !known;
    }
    Ok(family)
}

/// Derives the element from array and range, and holds them against each other.
fn derive(world: &World, family: &mut Family) -> Result<(), Refusal> {
    if let Some(array) = family.array {
        let element = world.element(array);
        let element =
            element.ok_or_else(|| disagree(format!("argument declared anyarray is not an array but type {}", world.name(array))))?;
        put(&mut family.element, element, "anyelement")?;
    }
    if let Some(multirange) = family.multirange {
        let range = world.multirange_range(multirange);
        let wrong = || disagree(format!("argument declared anymultirange is not a multirange type but type {}", world.name(multirange)));
        put(&mut family.range, range.ok_or_else(wrong)?, "anyrange")?;
    } else if let (true, Some(range)) = (family.wants_multirange, family.range) {
        family.multirange = world.multirange_of(range);
    }
    if let Some(range) = family.range {
        let subtype = world.range_subtype(range);
        let wrong = || disagree(format!("argument declared anyrange is not a range type but type {}", world.name(range)));
        put(&mut family.element, subtype.ok_or_else(wrong)?, "anyelement")?;
    }
    Ok(())
}

/// What `anynonarray` and `anyenum` ask of the element; without one it is no enum.
fn element_fits(world: &World, family: &Family) -> Result<(), Refusal> {
    let element = family.element;
    if family.not_array && element.is_some_and(|element| world.is_array_domain(element)) {
        return Err(disagree("type matched to anynonarray is an array type"));
    }
    if family.is_enum && !element.is_some_and(|element| world.is_enum(element)) {
        return Err(disagree("type matched to anyenum is not an enum type"));
    }
    Ok(())
}

/// Reads the arguments of the second family: `anycompatible` and its kin need one type in common.
fn second(world: &World, given: &[TypeId], declared: &[TypeId]) -> Result<Family, Refusal> {
    let mut family = Family::default();
    for (given, declared) in given.iter().zip(declared) {
        let known = *given != TypeId::UNKNOWN;
        let base = world.base(*given);
        match *declared {
            TypeId::ANYCOMPATIBLE | TypeId::ANYCOMPATIBLENONARRAY => {
                family.not_array |= *declared == TypeId::ANYCOMPATIBLENONARRAY;
                family.collected.extend(known.then_some(*given));
            }
            TypeId::ANYCOMPATIBLEARRAY => {
                family.wants_array = true;
                if known {
                    let element = world.element(base);
                    family.collected.push(element.ok_or_else(|| disagree("argument declared anycompatiblearray is not an array"))?);
                }
            }
            TypeId::ANYCOMPATIBLERANGE => {
                family.wants_range = true;
                if known {
                    put(&mut family.range, base, "anycompatiblerange")?;
                }
            }
            TypeId::ANYCOMPATIBLEMULTIRANGE => {
                family.wants_multirange = true;
                if known {
                    put(&mut family.multirange, base, "anycompatiblemultirange")?;
                }
            }
            _ => continue,
        }
        family.used = true;
    }
    ranges_of_second(world, &mut family)?;
    Ok(family)
}

fn ranges_of_second(world: &World, family: &mut Family) -> Result<(), Refusal> {
    if let Some(multirange) = family.multirange {
        let range = world.multirange_range(multirange);
        put(
            &mut family.range,
            range.ok_or_else(|| disagree("argument declared anycompatiblemultirange is not a multirange"))?,
            "anycompatiblerange",
        )?;
    } else if let (true, Some(range)) = (family.wants_multirange, family.range) {
        family.multirange = world.multirange_of(range);
    }
    if let Some(range) = family.range {
        let subtype = world.range_subtype(range).ok_or_else(|| disagree("argument declared anycompatiblerange is not a range"))?;
        family.collected.push(subtype);
    }
    Ok(())
}

/// Whether the types agree, as far as they are known.
pub(super) fn consistent(world: &World, given: &[TypeId], declared: &[TypeId]) -> bool {
    let one = || -> Result<(), Refusal> {
        let mut family = first(world, given, declared)?;
        derive(world, &mut family)?;
        element_fits(world, &family)?;
        second_element(world, &second(world, given, declared)?).map(|_| ())
    };
    one().is_ok()
}

/// The type that the second family has in common, if any of its arguments has one.
fn second_element(world: &World, family: &Family) -> Result<Option<TypeId>, Refusal> {
    if family.collected.is_empty() {
        return Ok(None);
    }
    let apart = || disagree("arguments of anycompatible family cannot be cast to a common type");
    common(world, &family.collected).map_err(|_| apart())?;
    let element = verified_common(world, &family.collected).ok_or_else(apart)?;
    if family.not_array && world.is_array_domain(element) {
        return Err(disagree("type matched to anycompatiblenonarray is an array type"));
    }
    if family.range.is_some_and(|range| world.range_subtype(range) != Some(element)) {
        return Err(disagree("anycompatiblerange type does not match anycompatible type"));
    }
    Ok(Some(element))
}

fn no_array(world: &World, of: TypeId) -> Refusal {
    Refusal::new("42704", format!("could not find array type for data type {}", world.name(of)))
}

fn from_unknown(what: &str) -> Refusal {
    disagree(format!("could not determine polymorphic type {what} because input has type unknown"))
}

/// The declared types with those that the arguments decide, and the type of the result.
///
/// # Errors
/// If the arguments do not agree, or decide too little.
pub(super) fn enforce(world: &World, given: &[TypeId], declared: &[TypeId], result: TypeId) -> Result<(Vec<TypeId>, TypeId), Refusal> {
    let mut one = first(world, given, declared)?;
    let mut two = second(world, given, declared)?;
    let mut plain = declared.to_vec();
    if !one.used && !two.used {
        return Ok((plain, result));
    }
    if one.used {
        derive(world, &mut one)?;
        if one.element.is_none() {
            return Err(disagree("could not determine polymorphic type because input has type unknown"));
        }
        element_fits(world, &one)?;
    }
    if two.used {
        resolve_second(world, &mut two)?;
        for declared in &mut plain {
            *declared = of_second(world, &two, *declared)?.unwrap_or(*declared);
        }
    }
    if one.unknown {
        for (given, declared) in given.iter().zip(&mut plain) {
            if *given == TypeId::UNKNOWN {
                *declared = of_first(world, &one, *declared)?.unwrap_or(*declared);
            }
        }
    }
    let result = match of_first(world, &one, result)? {
        Some(kind) => kind,
        None => of_second(world, &two, result)?.unwrap_or(result),
    };
    Ok((plain, result))
}

fn resolve_second(world: &World, family: &mut Family) -> Result<(), Refusal> {
    match second_element(world, family)? {
        Some(element) => {
            family.element = Some(element);
            if family.wants_array {
                family.array = Some(world.array_of(element).ok_or_else(|| no_array(world, element))?);
            }
        }
        None => {
            // Nothing but texts without a type: they are text.
            if family.wants_range {
                return Err(from_unknown("anycompatiblerange"));
            }
            if family.wants_multirange {
                return Err(from_unknown("anycompatiblemultirange"));
            }
            family.element = Some(TypeId::TEXT);
            family.array = world.array_of(TypeId::TEXT);
        }
    }
    Ok(())
}

/// What a polymorphic type of the first family is here; `None` for any other type.
fn of_first(world: &World, family: &Family, declared: TypeId) -> Result<Option<TypeId>, Refusal> {
    let element = family.element;
    match declared {
        TypeId::ANYELEMENT | TypeId::ANYNONARRAY | TypeId::ANYENUM => Ok(element),
        TypeId::ANYARRAY => match (family.array, element) {
            (Some(array), _) => Ok(Some(array)),
            (None, Some(element)) => world.array_of(element).map(Some).ok_or_else(|| no_array(world, element)),
            (None, None) => Ok(None),
        },
        TypeId::ANYRANGE if family.used => family.range.map(Some).ok_or_else(|| from_unknown("anyrange")),
        TypeId::ANYMULTIRANGE if family.used => {
            let multirange = family.multirange.or_else(|| family.range.and_then(|range| world.multirange_of(range)));
            multirange.map(Some).ok_or_else(|| from_unknown("anymultirange"))
        }
        _ => Ok(None),
    }
}

/// What a polymorphic type of the second family is here; `None` for any other type.
fn of_second(world: &World, family: &Family, declared: TypeId) -> Result<Option<TypeId>, Refusal> {
    match declared {
        TypeId::ANYCOMPATIBLE | TypeId::ANYCOMPATIBLENONARRAY => Ok(family.element),
        TypeId::ANYCOMPATIBLEARRAY => match (family.array, family.element) {
            (Some(array), _) => Ok(Some(array)),
            (None, Some(element)) => world.array_of(element).map(Some).ok_or_else(|| no_array(world, element)),
            (None, None) => Ok(None),
        },
        TypeId::ANYCOMPATIBLERANGE if family.used => family.range.map(Some).ok_or_else(|| from_unknown("anycompatiblerange")),
        TypeId::ANYCOMPATIBLEMULTIRANGE if family.used => {
            let multirange = family.multirange.or_else(|| family.range.and_then(|range| world.multirange_of(range)));
            multirange.map(Some).ok_or_else(|| from_unknown("anycompatiblemultirange"))
        }
        _ => Ok(None),
    }
}
