//! Which function is meant, and what it gives.
//!
//! In: a name and the types of its arguments, perhaps with names. Out: the function with its types made plain, a cast in
//! the form of a call, or the refusal. Must not know expressions. Source: `FuncnameGetCandidates` of PostgreSQL's
//! `namespace.c`, `func_get_detail` and `ParseFuncOrColumn` of `parse_func.c`; documentation 10.3.

use super::TypeId;
use super::catalog::{Catalog, Function, FunctionKind};
use super::coerce::{Context, Pathway, pathway};
use super::extension;
use super::fault::{Refusal, Subject};
use super::polymorphic;
use super::select::{Choice, choose};
use super::world::World;

/// A call, as far as the choice of a function needs it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call<'a> {
    pub(super) name: &'a str,
    pub(super) args: &'a [TypeId],
    /// The names of the last arguments, where they are passed by name.
    pub(super) names: &'a [&'a str],
}

/// What a call means.
#[derive(Clone, Debug)]
pub(super) enum Called {
    /// A function.
    Function {
        function: Function,
        /// The types that the arguments become, in the order written.
        operands: Vec<TypeId>,
        result: TypeId,
        /// Why it cannot stand here, whatever its arguments are.
        misplaced: Option<Refusal>,
    },
    /// `date(x)`: a cast.
    Cast(TypeId),
}

/// A function with its arguments as this call fills them, in the order written.
#[derive(Clone, Debug)]
struct Candidate {
    function: Function,
    types: Vec<TypeId>,
    /// Types of the arguments that take their defaults.
    defaulted: Vec<TypeId>,
    expanded: bool,
    /// Another one fits just as well.
    ambiguous: bool,
}

/// The function that a call means.
pub(super) fn called(world: &World, call: Call<'_>) -> Result<Called, Refusal> {
    let candidates = candidates(world, call);
    let exact = candidates.iter().find(|candidate| candidate.types == call.args);
    if let Some(exact) = exact {
        return finish(world, call, exact);
    }
    if let Some(cast) = cast(world, call) {
        return Ok(Called::Cast(cast));
    }
    let types: Vec<&[TypeId]> = candidates.iter().map(|candidate| candidate.types.as_slice()).collect();
    match choose(world, call.args, &types) {
        Choice::One(index) => candidates.get(index).map_or_else(|| Err(none(world, call)), |one| finish(world, call, one)),
        Choice::None => Err(none(world, call)),
        Choice::Several => Err(several(world, call)),
    }
}

fn finish(world: &World, call: Call<'_>, candidate: &Candidate) -> Result<Called, Refusal> {
    if candidate.ambiguous {
        return Err(several(world, call));
    }
    if candidate.function.kind == FunctionKind::Window {
        return Err(Refusal::new("42809", format!("window function {} requires an OVER clause", call.name)));
    }
    if candidate.function.kind == FunctionKind::Aggregate && ORDERED.contains(&call.name) {
        return Err(Refusal::new("42809", format!("WITHIN GROUP is required for ordered-set aggregate {}", call.name)));
    }
    let given: Vec<TypeId> = call.args.iter().chain(&candidate.defaulted).copied().collect();
    let declared: Vec<TypeId> = candidate.types.iter().chain(&candidate.defaulted).copied().collect();
    let (operands, result) = polymorphic::enforce(world, &given, &declared, candidate.function.result)?;
    if candidate.expanded && candidate.function.variadic != Some(TypeId::ANY) {
        let first = operands.get(candidate.function.args.len() - 1);
        if let Some(first) = first.filter(|kind| !kind.is_polymorphic())
            && world.array_of(*first).is_none()
        {
            return Err(Refusal::new("42704", format!("could not find array type for data type {}", world.name(*first))));
        }
    }
    let operands = operands.into_iter().take(call.args.len()).collect();
    let misplaced = misplaced(&candidate.function);
    Ok(Called::Function { function: candidate.function.clone(), operands, result, misplaced })
}

/// Why a function cannot stand in a policy. PostgreSQL says so after it has looked at the arguments.
fn misplaced(function: &Function) -> Option<Refusal> {
    match function.kind {
        FunctionKind::Aggregate => Some(Refusal::new("42803", "aggregate functions are not allowed in policy expressions")),
        FunctionKind::Function if function.set => {
            Some(Refusal::new("0A000", "set-returning functions are not allowed in policy expressions"))
        }
        FunctionKind::Function | FunctionKind::Window => None,
    }
}

/// The aggregates that want WITHIN GROUP.
const ORDERED: &[&str] = &["mode", "percentile_cont", "percentile_disc", "rank", "dense_rank", "percent_rank", "cume_dist"];

/// Every function of the name that takes that many arguments.
fn candidates(world: &World, call: Call<'_>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let own = world.catalog().functions(call.name);
    let further = extension::functions(call.name, call.args, own.is_empty());
    let all = own.into_iter().chain(further);
    for candidate in all.filter_map(|function| if call.names.is_empty() { by_position(function, call) } else { by_name(function, call) }) {
        let special = candidate.expanded || !candidate.defaulted.is_empty();
        let same =
            found.iter_mut().find(|other| (special || other.expanded || !other.defaulted.is_empty()) && other.types == candidate.types);
        match same {
            None => found.push(candidate),
            // One that is not expanded comes first.
            Some(other) if candidate.expanded && !other.expanded => {}
            Some(other) if !candidate.expanded && other.expanded => *other = candidate,
            Some(other) => other.ambiguous = true,
        }
    }
    found
}

fn by_position(function: Function, call: Call<'_>) -> Option<Candidate> {
    let (given, declared) = (call.args.len(), function.args.len());
    let expanded = function.variadic.is_some() && declared <= given;
    if declared > given && given + function.defaults < declared {
        return None;
    }
    if declared < given && !expanded {
        return None;
    }
    let mut types: Vec<TypeId> = function.args.iter().take(given).copied().collect();
    if let (true, Some(element)) = (expanded, function.variadic) {
        types.truncate(declared - 1);
        types.resize(given, element);
    }
    let defaulted = function.args.iter().skip(given).copied().collect();
    Some(Candidate { function, types, defaulted, expanded, ambiguous: false })
}

/// The first arguments by position, the others by their names; what is left has defaults.
fn by_name(function: Function, call: Call<'_>) -> Option<Candidate> {
    if function.variadic.is_some() || function.args.len() < call.args.len() {
        return None;
    }
    let positional = call.args.len() - call.names.len();
    let mut places: Vec<usize> = (0..positional).collect();
    for name in call.names {
        let place = function.names.iter().position(|own| own == name)?;
        if places.contains(&place) {
            return None;
        }
        places.push(place);
    }
    let first_default = function.args.len() - function.defaults.min(function.args.len());
    let left: Vec<usize> = (0..function.args.len()).filter(|place| !places.contains(place)).collect();
    if left.iter().any(|place| *place < first_default) {
        return None;
    }
    let of = |places: &[usize]| places.iter().filter_map(|place| function.args.get(*place).copied()).collect::<Vec<_>>();
    let (types, defaulted) = (of(&places), of(&left));
    Some(Candidate { function, types, defaulted, expanded: false, ambiguous: false })
}

/// `typename(x)`, where that is no more than a new label, or goes by way of the text.
fn cast(world: &World, call: Call<'_>) -> Option<TypeId> {
    let ([source], true) = (call.args, call.names.is_empty()) else { return None };
    let target = world.named(call.name)?;
    if *source == TypeId::UNKNOWN {
        return Some(target);
    }
    match pathway(world, target, *source, Context::Explicit)? {
        Pathway::Relabel => Some(target),
        Pathway::Text if (*source == TypeId::RECORD || world.is_complex(*source)) && world.category(target) == b'S' => None,
        Pathway::Text => Some(target),
        Pathway::Function | Pathway::Elements => None,
    }
}

fn written(world: &World, call: Call<'_>) -> String {
    let positional = call.args.len() - call.names.len();
    let name = |index: usize| call.names.get(index.checked_sub(positional)?).map(|name| format!("{name} => "));
    let args: Vec<String> =
        call.args.iter().enumerate().map(|(i, kind)| format!("{}{}", name(i).unwrap_or_default(), world.name(*kind))).collect();
    format!("{}({})", call.name, args.join(", "))
}

fn none(world: &World, call: Call<'_>) -> Refusal {
    let refusal = Refusal::new("42883", format!("function {} does not exist", written(world, call))).about(Subject::Function);
    let majors = Catalog::majors_with(call.name, call.args.len());
    let here = world.catalog().functions(call.name).iter().any(|function| function.takes(call.args.len()));
    match majors.iter().find(|major| **major > world.major()) {
        Some(first) if !here => refusal.help(format!("PostgreSQL has it from {first} on")),
        _ => refusal,
    }
}

fn several(world: &World, call: Call<'_>) -> Refusal {
    Refusal::new("42725", format!("function {} is not unique", written(world, call))).about(Subject::Function)
}
