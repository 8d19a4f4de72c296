//! Pairs of worlds: a random one, and the same after one to three changes. In: numbers, a major. Out: both, and what was changed. Must
//! not know: what a change comes to.

use policy_core::model::{
    Context, ContextSource, Expr, Field, From, Grantee, Ident, Kind, Literal, Privilege, Query, Relation, Source, SqlType,
};

use crate::Failure;
use crate::access::policies;
use crate::access::world::{self, World};
use crate::rng::Rng;

/// Two worlds of the same tables, roles and columns.
pub(super) struct Pair {
    pub(super) before: World,
    pub(super) after: World,
    pub(super) edits: Vec<&'static str>,
}

/// The table that predicates of the others read.
pub(super) fn members() -> Relation {
    Relation { schema: Ident::cut("public"), name: Ident::cut("m") }
}

/// A random pair.
pub(super) fn pair(rng: &mut Rng, major: u32) -> Result<Pair, Failure> {
    let before = one(rng, major)?;
    let mut after = before.clone();
    let mut edits = Vec::new();
    for _ in 0..1 + rng.below(3) {
        edits.extend(super::mutate::once(&mut after, rng));
    }
    Ok(Pair { before, after, edits })
}

/// A random world with a context, and with predicates that read a table of members.
pub(super) fn one(rng: &mut Rng, major: u32) -> Result<World, Failure> {
    let mut world = world::make(rng, major)?;
    world.state.functions.clear();
    world.state.contexts = vec![context()?];
    let names: Vec<Grantee> = world.state.roles.iter().map(|role| Grantee::Role(role.name.to_string())).collect();
    let mut found = world.state.relations.values().next().cloned().ok_or("a world without a table")?;
    found.kind = policy_core::analyze::RelationKind::Table;
    found.columns = ["id", "a", "b"].into_iter().map(|name| world::column(name, name != "id")).collect::<Result<_, _>>()?;
    found.policies = (0..rng.below(4)).map(|number| policies::policy(number, &["id", "a", "b"], &names, rng)).collect();
    // What a policy reads of it, its asker may read: a set without that is refused.
    found.grants = policies::grants(&["id", "a", "b"], &names, rng);
    found.grants.entry(Grantee::Public).or_default().insert(Privilege::Select, None);
    world.state.relations.values_mut().for_each(|relation| asks(relation, rng));
    world.state.relations.insert(members(), found);
    world.rows.insert(members(), vec![vec![Some("1".to_owned()), Some("x".to_owned()), None]]);
    world.state.relations.values_mut().for_each(|relation| relation.context = Some("Request".to_owned()));
    Ok(world)
}

/// What predicates are told of the caller.
pub(super) fn context() -> Result<Context, Failure> {
    let kind = SqlType::builtin("text").ok_or("a type that is not there")?;
    let source = ContextSource::Setting("app.tenant".to_owned());
    let field = Field { name: "tenant".to_owned(), source, kind, nullable: true };
    Ok(Context { item: "Request".to_owned(), fields: vec![field], allows: Vec::new() })
}

/// Puts a question to the members in the place of some conditions.
fn asks(relation: &mut policy_core::analyze::RelationState, rng: &mut Rng) {
    if !rng.chance(40) {
        return;
    }
    let predicates = relation.policies.iter_mut().flat_map(|policy| policy.using.iter_mut().chain(policy.with_check.iter_mut()));
    for predicate in predicates {
        if rng.chance(35) {
            *predicate = Expr::all([question(rng)]);
        } else if rng.chance(25) {
            *predicate = Expr::new(Kind::Or(vec![predicate.clone(), question(rng)]));
        }
    }
}

/// A question about a row of `a`, put to the members.
pub(super) fn question(rng: &mut Rng) -> Expr {
    let theirs = |name: &str| Expr::new(Kind::Column("q".to_owned(), name.to_owned()));
    let own = || Expr::new(Kind::Own("a".to_owned()));
    let equal = |left, right| Expr::new(Kind::Binary("=".to_owned(), Box::new(left), Box::new(right)));
    let mut filter = vec![match rng.below(3) {
        0 => equal(theirs("b"), Expr::new(Kind::Ctx("tenant".to_owned()))),
        1 => equal(theirs("b"), Expr::new(Kind::Literal(Literal::Text("x".to_owned())))),
        _ => Expr::new(Kind::Is(Box::new(theirs("b")), policy_core::model::Test::Null, rng.chance(50))),
    }];
    let from = vec![From { source: Source::Relation(members()), alias: "q".to_owned(), joins: Vec::new(), at: Default::default() }];
    if rng.chance(35) {
        let query = Query { distinct: false, columns: vec![theirs("a")], from, filter: Some(Expr::all(filter)) };
        return Expr::new(Kind::InQuery(Box::new(own()), Box::new(query), rng.chance(15)));
    }
    if rng.chance(75) {
        filter.push(equal(theirs("a"), own()));
    }
    let one = Expr::new(Kind::Literal(Literal::Number("1".to_owned())));
    Expr::new(Kind::Exists(Box::new(Query { distinct: false, columns: vec![one], from, filter: Some(Expr::all(filter)) }), rng.chance(20)))
}
