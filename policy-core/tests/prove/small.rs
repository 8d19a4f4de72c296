//! A small world: a table, its members, a context.

use std::collections::BTreeMap;

use policy_core::diag::{Part, codes};
use policy_core::expr::{self, Form, Scope};
use policy_core::model::{Column, Definition, Expr, Node, Notate, Routine, Source, SqlType, UserType, Volatility};
use policy_core::prove::Facts;
use policy_core::typing::{Given, Names, Signature, TypeId, World};

/// What there is.
pub(crate) struct Small {
    pub(crate) world: World,
    own: BTreeMap<String, Given>,
    members: BTreeMap<String, Given>,
    ctx: BTreeMap<String, Given>,
}

impl Small {
    /// An expression by its SQL.
    pub(crate) fn expr(&self, text: &str) -> Expr {
        let column = |name: &String| {
            let text = format!("(column (field {name}) (name {name}) (kind text) (nullable yes))");
            Column::read(&Node::parse(&text).unwrap()).unwrap()
        };
        let columns: Vec<Column> = self.own.keys().map(column).collect();
        let outcome = expr::parse(text, Scope { columns: &columns, context: true, form: Form::Sql, part: Part::Item });
        // What a policy may not say is a question like another one.
        let faults: Vec<_> = outcome.faults.iter().filter(|fault| fault.code != codes::NO_COLUMN).collect();
        assert!(faults.is_empty(), "{text}: {faults:?}");
        outcome.expr.unwrap()
    }
}

fn columns(world: &World, text: &str) -> BTreeMap<String, Given> {
    let one = |line: &str| {
        let (name, rest) = line.trim().split_once(' ').unwrap();
        let (kind, nullable) = rest.strip_suffix(" null").map_or((rest, false), |kind| (kind, true));
        let kind = world.find(&SqlType::parse(kind).unwrap());
        assert!(kind.is_some(), "{line}");
        (name.to_owned(), Given { kind, nullable })
    };
    text.split(',').map(one).collect()
}

/// The small world.
pub(crate) fn small() -> Small {
    let labels = ["low", "mid", "high"].map(str::to_owned).to_vec();
    let mood = UserType { schema: None, name: "mood".to_owned(), definition: Definition::Enum(labels) };
    let domain = |name: &str, base: &str| UserType {
        schema: None,
        name: name.to_owned(),
        definition: Definition::Domain(SqlType::parse(base).unwrap()),
    };
    let [pair, tenth, tiny] = [domain("pair", "character varying(2)"), domain("tenth", "numeric(4,1)"), domain("tiny", "pair")];
    let world = World::with(18, &[mood, tiny, pair, tenth]);
    let own = columns(
        &world,
        "id integer, tenant_id uuid, owner_id uuid null, status text, level integer, amount numeric, archived boolean, flag boolean null, \
         team_id uuid, name text null, mood mood, feeling mood null, created_at timestamptz, expires_at timestamptz, until timestamptz null, \
         tags text[], day date, n integer null, doc jsonb, code character varying, count bigint, \
         span int4range, nick name, short character, current_user text",
    );
    let members =
        columns(&world, "user_id uuid, tenant_id uuid, team_id uuid, role text, active boolean null, boss uuid null, feel mood null");
    let ctx =
        columns(&world, "tenant_id uuid null, user_id uuid null, tenant uuid, level integer null, teams uuid[] null, admin boolean null");
    Small { world, own, members, ctx }
}

impl Names for Small {
    fn own(&self, column: &str) -> Option<Given> {
        self.own.get(column).copied()
    }
    fn column(&self, _: &Source, column: &str) -> Option<Given> {
        self.members.get(column).copied()
    }
    fn ctx(&self, field: &str) -> Option<Given> {
        self.ctx.get(field).copied()
    }
    fn routine(&self, routine: &Routine) -> Option<Vec<Signature>> {
        let Routine::Named(name) = routine else { return None };
        let uuid = self.world.find(&SqlType::parse("uuid").unwrap())?;
        let args = if name.name.as_str() == "me" { vec![] } else { vec![uuid] };
        let result = if name.name.as_str() == "me" { uuid } else { TypeId::BOOL };
        Some(vec![Signature { args, result }])
    }
}

impl Facts for Small {
    fn volatility(&self, routine: &Routine) -> Volatility {
        let is_dice = matches!(routine, Routine::Named(name) if name.name.as_str() == "dice");
        if is_dice { Volatility::Volatile } else { Volatility::Stable }
    }
}
