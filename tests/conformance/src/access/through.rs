//! Statements that name a view. In: a world, a statement whose privileges on the view are held. Out: what it should come to, asked of
//! whoever each view reads as, down to the table. Must not know: which policy governs.

use policy_core::analyze::effective::Who;
use policy_core::analyze::{Effective, RelationKind};

use super::expect::{Table, user};
use super::outcome::Outcome;
use super::statements::{Statement, below};
use super::world::World;
use super::{expect, policies};
use crate::Failure;

/// What a statement through a view should come to. The names of columns are the same all the way down.
pub(super) fn expected(world: &World, effective: &Effective<'_>, who: Who<'_>, statement: &Statement) -> Result<Outcome, Failure> {
    let (mut relation, mut shape, mut filters) = (&statement.relation, statement.shape.clone(), Vec::new());
    loop {
        let view = world.state.relations.get(relation).ok_or("a relation that is not there")?;
        let RelationKind::View { query: Some(query), .. } = &view.kind else { return Err("a path that ends before its table".into()) };
        let reader = effective.reader(relation, who).ok_or("a view without an owner")?;
        let next = below(query).ok_or("a view of nothing")?;
        shape = shape.beneath(&policies::read(query)).ok_or("a statement that is not asked of views")?;
        filters.extend(&query.filter);
        let needs = effective.needs(reader, next, &shape);
        if !effective.holds(reader, next, &needs.privileges) {
            return Ok(Outcome::Refused(expect::DENIED.to_owned()));
        }
        if *next == statement.base {
            let table = Table { world, relation: next, columns: world.columns(next), filters, user: user(who) };
            return Ok(table.run(&needs, &statement.does)?.unwrap_or_else(|code| Outcome::Refused(code.to_owned())));
        }
        relation = next;
    }
}
