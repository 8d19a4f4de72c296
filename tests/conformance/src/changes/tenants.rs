//! Whether tenants are apart where `analyze::leaks` finds nothing, and are not where it names a row. In: a random world with a tenant.
//! Out: what is wrong. Must not know: how a proof is made.

use std::collections::BTreeMap;

use policy_core::analyze::{RelationKind, State, leaks};
use policy_core::diag::{Diagnostic, codes};
use policy_core::model::{Command, Expr, Grantee, Item, Kind, Literal, PolicySet, Relation, Table, Tenancy, View};

use super::observe::{Seen, Tests, askers, observe};
use super::tally::Tally;
use super::tests::{self, Test, base};
use super::witness::{Came, leaked};
use super::worlds::{self, question};
use crate::Failure;
use crate::access::client::{Client, Value};
use crate::access::policies;
use crate::access::world::{OUTSIDER, World};
use crate::access::write;
use crate::rng::Rng;

/// The column that says whose a row is.
pub(super) const TENANT: &str = "a";

/// A world, and the set that says what its tenants are.
struct Tied {
    world: World,
    set: PolicySet,
    table: Relation,
    shared: Vec<Command>,
}

/// Compares what is told of one world.
pub(super) fn judge(client: &mut Client, rng: &mut Rng, major: u32, tally: &mut Tally) -> Result<(), Failure> {
    let tied = tied(rng, major)?;
    let found = leaks(&tied.set, &tied.world.state);
    let rows = tests::rows([&tied.world, &tied.world], rng);
    let (mut tried, mut told) = (Tests::new(), Vec::new());
    for relation in tied.relations() {
        let everyone = tests::of(&tied.world, &relation, &rows, rng);
        for who in askers(&tied.world) {
            tried.insert((who.to_owned(), relation.clone()), everyone.clone());
        }
    }
    for fault in &found {
        let Some((key, command, line)) = tied.row(fault) else { continue };
        let Some(some) = tried.get_mut(&key) else { continue };
        let from = some.len();
        let Some(another) = leaked(&tied.world.state, &key.1, command, &line, some) else { continue };
        told.push((key, command, line, from..some.len(), another));
    }
    let seen = match observe(client, &tied.world, &rows, &tried)? {
        Ok(seen) => seen,
        Err(why) => {
            tally.refuse(why);
            return Ok(());
        }
    };
    tally.world();
    tied.apart(&found, &seen, &tried, tally);
    for (key, command, line, at, another) in told {
        let came: Vec<&str> = seen.get(&key).map_or_else(Vec::new, |seen| seen.tried[at.clone()].iter().map(String::as_str).collect());
        let came = if another { reached(command, line.starts_with("new row: "), &came) } else { Came::Wrong };
        let acts = || tried[&key][at.clone()].iter().map(|test| format!("{}; {}", test.before, test.act)).collect::<Vec<_>>();
        tally.row(&format!("leak: {}", command.word()), came, || tied.example(&key.0, &format!("{line}: {came:?}: {:?}", acts()), &found));
    }
    Ok(())
}

/// A random world whose predicates are about a tenant, more or less.
fn tied(rng: &mut Rng, major: u32) -> Result<Tied, Failure> {
    let mut world = worlds::one(rng, major)?;
    let roles: Vec<Grantee> = world.state.roles.iter().map(|role| Grantee::Role(role.name.to_string())).collect();
    let is_table = |one: &&Relation| **one != worlds::members() && !is_view(&world.state, one);
    let tables: Vec<Relation> = world.state.relations.keys().filter(is_table).cloned().collect();
    let name = rng.pick(&tables).clone();
    if rng.chance(75) {
        // Most tables would leak by that alone.
        world.state.superusers.clear();
    }
    let table = world.state.relations.get_mut(&name).ok_or("a table that is not there")?;
    (table.enabled, table.forced) = (table.enabled || rng.chance(90), table.forced || rng.chance(75));
    let columns = policies::names(table);
    // Each of them ties a row by the equality alone.
    let way = *rng.pick(&[0, 0, 1, 2, 3, 5, 6, 7]);
    let shared: Vec<Command> = Command::ALL.iter().copied().filter(|_| way == 0 && rng.chance(15)).collect();
    let mut predicates: Vec<&mut Expr> =
        table.policies.iter_mut().flat_map(|policy| policy.using.iter_mut().chain(policy.with_check.iter_mut())).collect();
    predicates.iter_mut().for_each(|predicate| **predicate = governed(&columns, &roles, rng));
    // One of them at most is loose, so that nothing else tells of it.
    if !predicates.is_empty() && rng.chance(60) {
        let at = rng.below(predicates.len());
        *predicates[at] = loose(&columns, &roles, way, rng);
    }
    let predicate = tie(way);
    table.tenancy = Tenancy::Own { predicate, shared: shared.clone() };
    table.item = "Tied".to_owned();
    let set = set(&world.state, &name);
    Ok(Tied { world, set, table: name, shared })
}

fn is_view(state: &State, relation: &Relation) -> bool {
    matches!(state.relations.get(relation).map(|one| &one.kind), Some(RelationKind::View { .. }))
}

/// A predicate that is not about the tenant, or only nearly.
fn loose(columns: &[&'static str], roles: &[Grantee], way: usize, rng: &mut Rng) -> Expr {
    match rng.below(4) {
        0 => policies::predicate(columns, roles, rng),
        1 => tie(way),
        2 => tie(*rng.pick(&[2, 4, 5, 7])),
        _ => Expr::new(Kind::Or(vec![tie(0), policies::predicate(columns, roles, rng)])),
    }
}

/// A predicate about the tenant, of a small grammar.
fn governed(columns: &[&'static str], roles: &[Grantee], rng: &mut Rng) -> Expr {
    let free = |rng: &mut Rng| policies::predicate(columns, roles, rng);
    let own = tie(*rng.pick(&[0, 1, 3, 6]));
    match rng.below(8) {
        0 | 1 => own,
        2 => Expr::new(Kind::And(vec![own, free(rng)])),
        3 => Expr::new(Kind::Or(vec![Expr::new(Kind::And(vec![own.clone(), free(rng)])), own])),
        4 => Expr::new(Kind::And(vec![free(rng), Expr::new(Kind::Or(vec![own, tie(0)]))])),
        5 => Expr::new(Kind::And(vec![question(rng), tie(0)])),
        6 => Expr::new(Kind::Not(Box::new(Expr::new(Kind::Or(vec![Expr::new(Kind::Not(Box::new(own))), free(rng)]))))),
        _ => Expr::new(Kind::Or(vec![own, Expr::new(Kind::And(vec![tie(0), free(rng)]))])),
    }
}

/// Ways to say whose a row is; not all of them hold it apart.
fn tie(way: usize) -> Expr {
    let own = || Expr::new(Kind::Own(TENANT.to_owned()));
    let caller = || Expr::new(Kind::Ctx("tenant".to_owned()));
    let compare = |op: &str, left, right| Expr::new(Kind::Binary(op.to_owned(), Box::new(left), Box::new(right)));
    let text = |text: &str| Expr::new(Kind::Literal(Literal::Text(text.to_owned())));
    let first = |args| Expr::new(Kind::Call("coalesce".to_owned(), args));
    match way {
        1 => compare("=", caller(), own()),
        2 => Expr::new(Kind::Distinct(Box::new(own()), Box::new(caller()), true)),
        3 => Expr::new(Kind::In(Box::new(own()), vec![caller()], false)),
        4 => compare("=", first(vec![own(), text("x")]), caller()),
        5 => compare("=", own(), first(vec![caller(), text("y")])),
        6 => Expr::new(Kind::Not(Box::new(compare("<>", own(), caller())))),
        7 => Expr::new(Kind::In(Box::new(own()), vec![caller(), text("x")], false)),
        _ => compare("=", own(), caller()),
    }
}

/// The set that declares the tenant: the table, and the views with a definer.
fn set(state: &State, name: &Relation) -> PolicySet {
    let mut items = Vec::new();
    for (relation, found) in &state.relations {
        let (relation, columns, context) = (relation.clone(), found.columns.clone(), found.context.clone());
        match &found.kind {
            RelationKind::View { query, invoker, .. } => items.push(Item::View(View {
                item: relation.to_string(),
                relation,
                context,
                columns,
                query: query.clone(),
                definer: found.owner.clone().filter(|_| !invoker),
                grants: Vec::new(),
                external: false,
                allows: Vec::new(),
            })),
            _ if relation == *name => items.push(Item::Table(Table {
                item: found.item.clone(),
                relation,
                renamed_from: None,
                context,
                columns,
                tenancy: found.tenancy.clone(),
                rules: Vec::new(),
                grants: Vec::new(),
                nevers: Vec::new(),
                triggers: Vec::new(),
                log: None,
                partitioned: found.kind == RelationKind::Partitioned,
                no_rls: None,
                allows: Vec::new(),
            })),
            _ => {}
        }
    }
    items.extend(state.contexts.iter().cloned().map(Item::Context));
    PolicySet { name: "tied".to_owned(), owner: state.owner.clone(), items, ..PolicySet::default() }
}

/// What a statement about a row alone shows of a leak.
fn reached(command: Command, new: bool, came: &[&str]) -> Came {
    let is = |word: &str| came.contains(&word);
    match command {
        _ if is("1") => Came::Shown,
        _ if came.iter().all(|one| *one == super::observe::DENIED) => Came::Untold,
        // It is found, and what would be written is not right.
        Command::Update if is("policy") && !new => Came::Shown,
        // The row that would be written is found by nobody.
        Command::Update if new && !is("policy") => Came::Untold,
        _ => Came::Wrong,
    }
}

impl Tied {
    /// The table, and the views over it.
    fn relations(&self) -> Vec<Relation> {
        let state = &self.world.state;
        state.relations.keys().filter(|one| base(state, one) == self.table).cloned().collect()
    }

    /// The row of a fault, if there is one: whose it is, by which command, as it is told.
    fn row(&self, fault: &Diagnostic) -> Option<((String, Relation), Command, String)> {
        if fault.notes.iter().any(|note| note.starts_with("it hangs on")) {
            return None;
        }
        let who = fault.message.split('`').nth(1).filter(|_| fault.message.starts_with('`'))?;
        let who = if who == "PUBLIC" { OUTSIDER } else { who }.to_owned();
        let line = fault.notes.iter().find_map(|note| note.strip_prefix("for example "))?.to_owned();
        if fault.code == codes::VIEW_LEAKS {
            let view = self.relations().into_iter().find(|one| one.to_string() == fault.item)?;
            return Some(((who, view), Command::Select, line));
        }
        let by = fault.notes.iter().find(|note| note.starts_with("by the policy"))?;
        let command = Command::ALL.iter().copied().find(|command| by.ends_with(command.word()))?;
        let line = if fault.message.contains("` writes ") { format!("new row: {line}") } else { line };
        Some(((who, self.table.clone()), command, line))
    }

    /// Where nothing is told, that nobody reaches a row of others.
    fn apart(&self, found: &[Diagnostic], seen: &BTreeMap<(String, Relation), Seen>, tried: &Tests, tally: &mut Tally) {
        for relation in self.relations() {
            // What is told of a view below is told of this one.
            let items = self.chain(&relation);
            let told: Vec<&Diagnostic> = found.iter().filter(|fault| items.contains(&fault.item)).collect();
            // A view that asks for the caller itself is tied by that; what is written through one is asked of the table.
            let commands: &[Command] = if relation == self.table { Command::ALL } else { &[Command::Select] };
            for who in askers(&self.world).filter(|who| !self.is_exempt(who, &relation) && !self.asks(&relation)) {
                for command in commands {
                    let label = if relation == self.table { "apart" } else { "apart: view" };
                    let undecided = told.iter().find(|fault| fault.code == codes::NOT_ISOLATED);
                    match (undecided, told.first()) {
                        (Some(_), _) => tally.decline("isolation is not proved"),
                        (None, Some(_)) => {}
                        (None, None) => {
                            let key = (who.to_owned(), relation.clone());
                            let strange = seen.get(&key).and_then(|seen| self.strange(*command, seen, &tried[&key]));
                            tally.apart(label, strange.is_some(), || self.example(who, &format!("{relation}: {strange:?}"), found));
                        }
                    }
                }
            }
        }
    }

    /// Whether nothing is said of a role: row security is not for it, or the view is its own.
    fn is_exempt(&self, who: &str, relation: &Relation) -> bool {
        let state = &self.world.state;
        let bypasses = state.roles.iter().any(|role| role.name.as_str() == who && role.bypass_rls.is_some());
        let own = state.relations.get(relation).and_then(|found| found.owner.as_deref());
        // With the rights of an owner or a member of such a role; what a view reads as is asked of its readers.
        bypasses || state.owner.as_deref() == Some(who) || (*relation != self.table && own == Some(who))
    }

    /// The items of a relation and of all that it reads.
    fn chain(&self, relation: &Relation) -> Vec<String> {
        match self.world.state.relations.get(relation).map(|found| &found.kind) {
            Some(RelationKind::View { query: Some(query), .. }) => {
                let below = tests::below(query).map(|below| self.chain(below)).unwrap_or_default();
                std::iter::once(relation.to_string()).chain(below).collect()
            }
            _ => vec!["Tied".to_owned()],
        }
    }

    /// Whether a view, or one below it, names the caller.
    fn asks(&self, relation: &Relation) -> bool {
        let Some(RelationKind::View { query: Some(query), .. }) = self.world.state.relations.get(relation).map(|found| &found.kind) else {
            return false;
        };
        let mut asks = false;
        query.visit(&mut |part| asks |= matches!(part.kind, Kind::Ctx(_)));
        asks || tests::below(query).is_some_and(|below| self.asks(below))
    }

    /// Something of another tenant that a role reaches.
    fn strange(&self, command: Command, seen: &Seen, tests: &[Test]) -> Option<String> {
        let columns = self.world.columns(&self.table);
        let at = columns.iter().position(|name| *name == TENANT)?;
        let others = |value: &Value, tenant: &str| {
            let unowned = value.is_none() && self.shared.contains(&command);
            value.as_deref().is_none_or(|value| value != tenant || tenant.is_empty()) && !unowned
        };
        match command {
            Command::Select => {
                let at = seen.columns.get(&command)?.iter().position(|name| name == TENANT)?;
                let strange = seen.read.iter().find(|(tenant, row)| others(&row[at], tenant));
                strange.map(|(tenant, row)| format!("reads {row:?} as '{tenant}'"))
            }
            Command::Delete => {
                let strange = seen.removed.iter().find(|(tenant, row)| others(&row[at], tenant));
                strange.map(|(tenant, row)| format!("removes {row:?} as '{tenant}'"))
            }
            Command::Insert | Command::Update => {
                let mut done = tests.iter().zip(&seen.tried).filter(|(test, came)| test.command == command && *came == "1");
                done.find(|(test, _)| test.rows.iter().any(|row| others(&row[at], &test.tenant)))
                    .map(|(test, _)| format!("{}; {} as '{}'", test.before, test.act, test.tenant))
            }
        }
    }

    fn example(&self, who: &str, what: &str, found: &[Diagnostic]) -> String {
        let lines: String = write::world(&self.world).split(';').map(|line| format!("            {line}\n")).collect();
        let told: String =
            found.iter().map(|fault| format!("            {}: {}\n", fault.item, fault.text().replace('\n', "; "))).collect();
        format!("as {who} on {}: {what}\n{lines}        told, shared {:?}\n{told}", self.world.major, self.shared)
    }
}
