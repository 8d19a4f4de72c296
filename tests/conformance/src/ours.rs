//! What our type checker says. In: a case. Out: its verdict, with the types by the numbers that the server gave them. The only file that
//! knows the checker.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};

use policy_core::model::{Routine, Source};
use policy_core::typing::{Given, Names, Signature, TypeId, World, predicate, value};

use crate::Failure;
use crate::case::{BOOLEAN, Case, Wanted};
use crate::universe::{DOMAINS, LABELS, Typed, Universe, kind};

/// Our word on one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The type, by its number on the server.
    Accepted(u32),
    /// The first fault.
    Refused {
        /// The SQLSTATE.
        code: String,
        /// The message.
        message: String,
    },
    /// No verdict.
    Declined(String),
}

/// Columns that every table has: name, number of the type.
const SYSTEM: [(&str, u32); 6] = [("ctid", 27), ("xmin", 28), ("xmax", 28), ("cmin", 29), ("cmax", 29), ("tableoid", 26)];

/// The columns of a relation, or the fields of the context.
type Columns = HashMap<String, Given>;

/// The checker for one major.
#[derive(Debug)]
pub struct Ours {
    world: World,
    tables: HashMap<&'static str, Columns>,
    fields: Columns,
    /// Our numbers of the types that are not built in, and the server's.
    numbers: HashMap<TypeId, u32>,
}

impl Ours {
    /// `oids` are the numbers of the types of this database that are not built in, by the names that `format_type` gives them.
    ///
    /// # Errors
    /// A type of the universe that the checker does not know.
    pub fn new(major: u32, universe: &Universe, oids: &BTreeMap<String, u32>) -> Result<Ours, Failure> {
        let mut world = World::new(major).closed();
        world.enumeration(Some("public"), "mood", &LABELS.map(str::to_owned));
        for (name, base) in DOMAINS {
            let base = world.find(&kind(base)?).ok_or("a domain over nothing")?;
            world.domain(Some("public"), name, base);
        }
        let mut numbers = HashMap::new();
        for name in DOMAINS.iter().map(|(name, _)| *name).chain(["mood"]) {
            for text in [name.to_owned(), format!("{name}[]")] {
                let own = world.find(&kind(&format!("public.{text}"))?).ok_or("a type that is not known")?;
                numbers.insert(own, *oids.get(&text).ok_or("a type that the server lacks")?);
            }
        }
        let tables = [("k", &universe.k), ("t", &universe.t), ("m", &universe.m)];
        let tables = tables.map(|(name, columns)| (name, given(&world, columns).chain(system()).collect()));
        let fields = given(&world, &universe.fields).collect();
        Ok(Ours { world, tables: tables.into(), fields, numbers })
    }

    /// The verdict on one case; none where it names what is not there, which is for others to find.
    #[must_use]
    pub fn judge(&self, case: &Case) -> Option<Verdict> {
        let names = Scope { ours: self, own: case.own, missed: Cell::new(false) };
        let judgement = match case.wanted {
            Wanted::Value => value(&self.world, &names, &case.expr),
            Wanted::Predicate => predicate(&self.world, &names, &case.expr),
        };
        if names.missed.get() {
            return None;
        }
        if let Some(reason) = judgement.declined.first() {
            return Some(Verdict::Declined(reason.clone()));
        }
        Some(match (judgement.faults.first(), case.wanted, judgement.kind) {
            (Some(fault), ..) => Verdict::Refused { code: fault.refusal.sqlstate.to_owned(), message: fault.refusal.message.clone() },
            (None, Wanted::Predicate, _) => Verdict::Accepted(BOOLEAN),
            // What nothing gives a type is a text where it is shown.
            (None, Wanted::Value, Some(TypeId::UNKNOWN)) => Verdict::Accepted(TypeId::TEXT.0),
            (None, Wanted::Value, Some(kind)) => {
                // A row description names what a domain is over.
                let kind = self.world.base(kind);
                Verdict::Accepted(self.numbers.get(&kind).copied().unwrap_or(kind.0))
            }
            (None, Wanted::Value, None) => Verdict::Declined("no type".to_owned()),
        })
    }
}

fn given<'a>(world: &'a World, columns: &'a [Typed]) -> impl Iterator<Item = (String, Given)> + 'a {
    columns.iter().map(|(name, kind)| (name.clone(), Given { kind: world.find(kind), nullable: true }))
}

fn system() -> impl Iterator<Item = (String, Given)> {
    SYSTEM.into_iter().map(|(name, kind)| (name.to_owned(), Given { kind: Some(TypeId(kind)), nullable: false }))
}

/// The names of one case.
struct Scope<'a> {
    ours: &'a Ours,
    own: &'static str,
    /// Whether a name was asked for that is not there.
    missed: Cell<bool>,
}

impl Scope<'_> {
    fn found(&self, columns: Option<&Columns>, name: &str) -> Option<Given> {
        let found = columns.and_then(|columns| columns.get(name)).copied();
        self.missed.set(self.missed.get() || found.is_none());
        found
    }
}

impl Names for Scope<'_> {
    fn own(&self, column: &str) -> Option<Given> {
        self.found(self.ours.tables.get(self.own), column)
    }

    fn column(&self, source: &Source, column: &str) -> Option<Given> {
        let Source::Relation(relation) = source else { return None };
        self.found(self.ours.tables.get(relation.name.as_str()), column)
    }

    fn ctx(&self, field: &str) -> Option<Given> {
        self.found(Some(&self.ours.fields), field)
    }

    fn routine(&self, _: &Routine) -> Option<Vec<Signature>> {
        self.missed.set(true);
        None
    }
}
