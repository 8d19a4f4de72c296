//! The names of the universe, for the prover. In: the universe, a major. Out: types and rows. Must not know: what is asked.

use policy_core::model::{Routine, Source, Volatility};
use policy_core::prove::Facts;
use policy_core::typing::{Given, Names, Signature, World};

use crate::Failure;
use crate::universe::{DOMAINS, LABELS, Typed, Universe, kind};

/// A table of the universe, another for subqueries, a context.
#[derive(Debug)]
pub struct Known {
    /// The types.
    pub world: World,
    own: Vec<Typed>,
    other: Vec<Typed>,
    fields: Vec<Typed>,
}

impl Known {
    /// Of the universe's policies.
    ///
    /// # Errors
    /// A type that is not known.
    pub fn of(universe: &Universe) -> Result<Known, Failure> {
        let mut world = World::new(policy_core::typing::NEWEST).closed();
        world.enumeration(Some("public"), "mood", &LABELS.map(str::to_owned));
        for (name, base) in DOMAINS {
            let base = world.find(&kind(base)?).ok_or("a domain over nothing")?;
            world.domain(Some("public"), name, base);
        }
        let [own, other, fields] = [&universe.t, &universe.m, &universe.fields].map(Clone::clone);
        Ok(Known { world, own, other, fields })
    }

    fn given(&self, all: &[Typed], name: &str) -> Option<Given> {
        let (_, kind) = all.iter().find(|(own, _)| own == name)?;
        Some(Given { kind: self.world.find(kind), nullable: true })
    }
}

impl Names for Known {
    fn own(&self, column: &str) -> Option<Given> {
        self.given(&self.own, column)
    }
    fn column(&self, source: &Source, column: &str) -> Option<Given> {
        let Source::Relation(relation) = source else { return None };
        self.given(if relation.name.as_str() == "t" { &self.own } else { &self.other }, column)
    }
    fn ctx(&self, field: &str) -> Option<Given> {
        self.given(&self.fields, field)
    }
    fn routine(&self, _: &Routine) -> Option<Vec<Signature>> {
        None
    }
}

impl Facts for Known {
    fn volatility(&self, _: &Routine) -> Volatility {
        Volatility::Stable
    }
}
