//! Statements of every shape over a relation. In: a world, a relation, numbers. Out: each statement as SQL, as the shape that `analyze` is
//! asked about, and as what it does to rows. Must not know: what comes of it.

use policy_core::analyze::RelationKind;
use policy_core::analyze::statement::{Action, Conflict, Named, Shape};
use policy_core::model::{Ident, Query, Relation, Source};

use super::client::Value;
use super::world::{DEFAULT, DEFAULT_KEY, World, value};
use super::write::{constant, values};
use crate::rng::Rng;

/// A statement.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// What it is an example of.
    pub(super) label: String,
    /// What it names.
    pub(super) relation: Relation,
    /// The table whose rows that comes to.
    pub(super) base: Relation,
    /// As SQL.
    pub(super) sql: String,
    /// What COPY FROM reads.
    pub(super) copy: Option<String>,
    /// As `analyze` sees it.
    pub(super) shape: Shape,
    /// What it does.
    pub(super) does: Does,
}

/// `column = value` in WHERE or ON; absent for all rows.
pub(super) type Only = Option<(&'static str, Value)>;

/// What a statement does.
#[derive(Clone, Debug)]
pub(super) enum Does {
    /// Shows rows.
    Read(Only, Shows),
    /// Adds a row.
    Insert(Vec<Value>, Then, Shows),
    /// Changes rows.
    Update(Only, Set, Joined, Shows),
    /// Removes rows.
    Delete(Only, Shows),
    /// Adds a row if none is found.
    InsertUnless(Option<String>, Vec<Value>, Shows),
    /// Removes all rows.
    Truncate,
    /// Nothing.
    Nothing,
}

/// What it shows of each row.
#[derive(Clone, Debug)]
pub(super) enum Shows {
    /// Nothing.
    Nothing,
    /// How many there are.
    Count,
    /// `1`.
    One,
    /// These columns.
    Columns(Vec<&'static str>),
}

/// What an INSERT does with a row whose key is there already.
#[derive(Clone, Debug)]
pub(super) enum Then {
    /// It fails.
    Fail,
    /// DO NOTHING.
    Nothing,
    /// DO UPDATE.
    Update(Set),
}

/// `SET column = ..`.
#[derive(Clone, Debug)]
pub(super) enum Set {
    /// A constant.
    To(&'static str, Value),
    /// Another column, or a constant where that is NULL.
    Copy(&'static str, &'static str),
}

/// What the table is joined to in FROM.
#[derive(Clone, Debug)]
pub(super) enum Joined {
    /// Nothing.
    Nothing,
    /// Itself: the row with that key, whatever the row of the target.
    Key(String),
    /// Itself: the same row.
    Same,
}

impl Statement {
    /// Whether the table may look otherwise after it.
    pub(super) fn writes(&self) -> bool {
        !matches!(self.does, Does::Read(..) | Does::Nothing)
    }
}

/// The table below a relation, through views.
pub(super) fn base(world: &World, relation: &Relation) -> Relation {
    match world.state.relations.get(relation).map(|found| &found.kind) {
        Some(RelationKind::View { query: Some(query), .. }) => below(query).map_or_else(|| relation.clone(), |below| base(world, below)),
        _ => relation.clone(),
    }
}

/// The relation that a query of a view reads.
pub(super) fn below(query: &Query) -> Option<&Relation> {
    query.sources().find_map(|(source, ..)| if let Source::Relation(relation) = source { Some(relation) } else { None })
}

/// Columns by name.
pub(super) fn named(columns: &[&'static str]) -> Named {
    columns.iter().map(|name| Ident::cut(name)).collect()
}

/// Every statement over a relation.
pub(super) fn of(world: &World, relation: &Relation, rng: &mut Rng) -> Vec<Statement> {
    let columns = world.columns(relation);
    let base = base(world, relation);
    let is_view = base != *relation;
    let mut maker = Maker { world, relation, base, columns, major: world.major, rng, made: Vec::new() };
    maker.reads();
    if is_view {
        maker.blind_writes();
        maker.made.iter_mut().for_each(|one| one.label = format!("view: {}", one.label));
        return maker.made;
    }
    maker.inserts();
    maker.conflicts();
    maker.updates();
    maker.deletes();
    if maker.major >= 15 {
        maker.merges();
    }
    if maker.major >= 17 {
        maker.returning_merges();
    }
    maker.others();
    maker.made
}

struct Maker<'a> {
    world: &'a World,
    relation: &'a Relation,
    base: Relation,
    columns: Vec<&'static str>,
    major: u32,
    rng: &'a mut Rng,
    made: Vec<Statement>,
}

impl Maker<'_> {
    fn add(&mut self, label: &str, sql: String, shape: Shape, does: Does) {
        let (label, relation, base) = (label.to_owned(), self.relation.clone(), self.base.clone());
        self.made.push(Statement { label, relation, base, sql, copy: None, shape, does });
    }

    /// A column that is not the key.
    fn column(&mut self) -> &'static str {
        self.columns[1 + self.rng.below(self.columns.len() - 1)]
    }

    fn value(&mut self, column: &str) -> Value {
        let table = self.world.state.relations.get(&self.base);
        let nullable = table.and_then(|table| table.columns.iter().find(|own| own.name.as_str() == column)).is_some_and(|own| own.nullable);
        value(nullable, self.rng)
    }

    /// The key of a row, often of one that is there.
    fn key(&mut self) -> String {
        (1 + self.rng.below(6)).to_string()
    }

    /// WHERE on the key or another column.
    fn only(&mut self) -> (&'static str, Value) {
        if self.rng.chance(40) {
            return ("id", Some(self.key()));
        }
        (self.column(), Some(self.rng.word(&super::world::VALUES).to_owned()))
    }

    fn set(&mut self) -> (Set, String, &'static str) {
        let column = self.column();
        let value = self.value(column);
        let text = format!("{column} = {}", constant(&value));
        (Set::To(column, value), text, column)
    }

    /// The columns that an INSERT names, their values, and the whole row.
    fn row(&mut self, key: &str) -> (Vec<&'static str>, Vec<Value>, Vec<Value>) {
        let (mut sets, mut given, mut row) = (vec!["id"], vec![Some(key.to_owned())], vec![Some(key.to_owned())]);
        for column in self.columns[1..].to_vec() {
            if self.rng.chance(75) {
                let value = self.value(column);
                sets.push(column);
                given.push(value.clone());
                row.push(value);
            } else {
                row.push(self.default(column));
            }
        }
        (sets, given, row)
    }

    fn default(&self, column: &str) -> Value {
        let table = self.world.state.relations.get(&self.base);
        let own = table.and_then(|table| table.columns.iter().find(|own| own.name.as_str() == column));
        own.is_some_and(|own| !own.nullable).then(|| DEFAULT.to_owned())
    }

    fn reads(&mut self) {
        let (t, all) = (self.relation, self.columns.clone());
        let select = |reads: &[&'static str], locks| Shape::Select { reads: named(reads), locks };
        self.add(
            "select",
            format!("SELECT {} FROM {t}", all.join(", ")),
            select(&all, false),
            Does::Read(None, Shows::Columns(all.clone())),
        );
        let column = self.column();
        let one = Does::Read(None, Shows::Columns(vec![column]));
        self.add("select a column", format!("SELECT {column} FROM {t}"), select(&[column], false), one);
        self.add("select count(*)", format!("SELECT count(*) FROM {t}"), select(&[], false), Does::Read(None, Shows::Count));
        let (by, value) = self.only();
        let sql = format!("SELECT id FROM {t} WHERE {by} = {}", constant(&value));
        self.add("select where", sql, select(&["id", by], false), Does::Read(Some((by, value)), Shows::Columns(vec!["id"])));
        for lock in ["UPDATE", "NO KEY UPDATE", "SHARE", "KEY SHARE"] {
            let sql = format!("SELECT id FROM {t} FOR {lock}");
            self.add(&format!("select for {lock}"), sql, select(&["id"], true), Does::Read(None, Shows::Columns(vec!["id"])));
        }
        self.add("select 1 for UPDATE", format!("SELECT 1 FROM {t} FOR UPDATE"), select(&[], true), Does::Read(None, Shows::One));
        let copied = Does::Read(None, Shows::Columns(all.clone()));
        self.add("copy to", format!("COPY {t} TO STDOUT"), Shape::CopyTo { reads: named(&all) }, copied);
        self.add("truncate", format!("TRUNCATE {t}"), Shape::Truncate, Does::Truncate);
    }

    fn inserts(&mut self) {
        let t = self.relation;
        for (label, key, returning) in [
            ("insert", "50", Shows::Nothing),
            ("insert returning a column", "51", Shows::Columns(vec!["id"])),
            ("insert returning 1", "52", Shows::One),
            ("insert of a key that is there", "1", Shows::Nothing),
        ] {
            let (sets, given, row) = self.row(key);
            let sql = format!("INSERT INTO {t} ({}) VALUES ({}){}", sets.join(", "), values(&given), text(&returning));
            let shape = Shape::Insert { sets: named(&sets), reads: read(&returning), conflict: Conflict::Fail };
            self.add(label, sql, shape, Does::Insert(row, Then::Fail, returning));
        }
        let others: Vec<Value> = self.columns[1..].iter().map(|column| self.default(column)).collect();
        let row = std::iter::once(Some(DEFAULT_KEY.to_owned())).chain(others).collect();
        let shape = Shape::Insert { sets: Named::new(), reads: Named::new(), conflict: Conflict::Fail };
        self.add("insert default values", format!("INSERT INTO {t} DEFAULT VALUES"), shape, Does::Insert(row, Then::Fail, Shows::Nothing));
    }

    fn conflicts(&mut self) {
        let t = self.relation;
        for (label, target, names, returning) in [
            ("on conflict do nothing", "", &[][..], Shows::Nothing),
            ("on conflict (id) do nothing", "(id)", &["id"][..], Shows::Nothing),
            ("on conflict do nothing returning", "", &[][..], Shows::Columns(vec!["id"])),
        ] {
            let key = if self.rng.chance(50) { self.key() } else { "53".to_owned() };
            let (sets, given, row) = self.row(&key);
            let (columns, given, back) = (sets.join(", "), values(&given), text(&returning));
            let sql = format!("INSERT INTO {t} ({columns}) VALUES ({given}) ON CONFLICT {target} DO NOTHING{back}");
            let shape = Shape::Insert { sets: named(&sets), reads: read(&returning), conflict: Conflict::Nothing(named(names)) };
            self.add(label, sql, shape, Does::Insert(row, Then::Nothing, returning));
        }
        let by_name = format!("ON CONSTRAINT {}_pkey", t.name);
        for (label, target, returning) in [
            ("on conflict do update", "(id)", Shows::Nothing),
            ("on conflict on constraint do update", by_name.as_str(), Shows::Nothing),
            ("on conflict do update returning", "(id)", Shows::Columns(self.columns.clone())),
        ] {
            let key = if self.rng.chance(70) { self.key() } else { "54".to_owned() };
            let (sets, given, row) = self.row(&key);
            let (set, change, column) = self.set();
            let (columns, given, back) = (sets.join(", "), values(&given), text(&returning));
            let sql = format!("INSERT INTO {t} ({columns}) VALUES ({given}) ON CONFLICT {target} DO UPDATE SET {change}{back}");
            let conflict = Conflict::Update { target: named(&["id"]), sets: named(&[column]) };
            let shape = Shape::Insert { sets: named(&sets), reads: read(&returning), conflict };
            self.add(label, sql, shape, Does::Insert(row, Then::Update(set), returning));
        }
    }

    /// UPDATE and DELETE that read nothing, and the same with WHERE or RETURNING.
    fn blind_writes(&mut self) {
        let t = self.relation;
        for (label, only, returning) in self.variants() {
            let (set, change, column) = self.set();
            let sql = format!("UPDATE {t} SET {change}{}{}", condition(&only), text(&returning));
            let shape = Shape::Update { sets: named(&[column]), reads: looked(&only, &returning), joins: None };
            self.add(&format!("update {label}"), sql, shape, Does::Update(only, set, Joined::Nothing, returning));
        }
        for (label, only, returning) in self.variants() {
            let sql = format!("DELETE FROM {t}{}{}", condition(&only), text(&returning));
            let shape = Shape::Delete { reads: looked(&only, &returning) };
            self.add(&format!("delete {label}"), sql, shape, Does::Delete(only, returning));
        }
    }

    fn variants(&mut self) -> [(&'static str, Only, Shows); 5] {
        let (column, all) = (self.column(), self.columns.clone());
        [
            ("blind", None, Shows::Nothing),
            ("where", Some(self.only()), Shows::Nothing),
            ("returning a column", None, Shows::Columns(vec![column])),
            ("returning 1", None, Shows::One),
            ("where returning *", Some(self.only()), Shows::Columns(all)),
        ]
    }

    fn updates(&mut self) {
        self.blind_writes();
        let (t, from, to) = (self.relation, self.column(), self.column());
        let shape = |sets: &str, reads: &[&'static str], joins: Option<&[&'static str]>| Shape::Update {
            sets: [Ident::cut(sets)].into(),
            reads: named(reads),
            joins: joins.map(named),
        };
        let sql = format!("UPDATE {t} SET {to} = coalesce({from}, 'y')");
        self.add(
            "update from a column",
            sql,
            shape(to, &[from], None),
            Does::Update(None, Set::Copy(to, from), Joined::Nothing, Shows::Nothing),
        );
        let (key, (set, change, column)) = (self.key(), self.set());
        let sql = format!("UPDATE {t} SET {change} FROM {t} AS o WHERE o.id = {key}");
        let does = Does::Update(None, set, Joined::Key(key), Shows::Nothing);
        self.add("update from itself, blind", sql, shape(column, &[], Some(&["id"])), does);
        let (set, change, column) = self.set();
        let sql = format!("UPDATE {t} AS t SET {change} FROM {t} AS o WHERE o.id = t.id");
        let does = Does::Update(None, set, Joined::Same, Shows::Nothing);
        self.add("update from itself", sql, shape(column, &["id"], Some(&["id"])), does);
    }

    fn deletes(&mut self) {
        let (t, key) = (self.relation, self.key());
        let does = Does::Delete(Some(("id", Some(key.clone()))), Shows::One);
        let shape = Shape::Delete { reads: named(&["id"]) };
        self.add("delete where returning 1", format!("DELETE FROM {t} WHERE id = {key} RETURNING 1"), shape, does);
    }

    fn merges(&mut self) {
        for (label, key) in [("merge", Some(self.key())), ("merge on true", None)] {
            self.matched(label, key, Shows::Nothing);
        }
        for (label, key) in
            [("merge insert", Some(self.key())), ("merge insert of a new key", Some("55".to_owned())), ("merge insert on false", None)]
        {
            self.unmatched(label, key, Shows::Nothing);
        }
        let (t, key) = (self.relation, self.key());
        for (label, reads, on) in
            [("merge do nothing", &["id"][..], format!("t.id = {key}")), ("merge on true do nothing", &[][..], "true".to_owned())]
        {
            let sql = format!("MERGE INTO {t} AS t USING (SELECT 1) AS s ON {on} WHEN MATCHED THEN DO NOTHING");
            let shape = Shape::Merge { reads: named(reads), action: Action::Nothing, returns: false };
            self.add(label, sql, shape, Does::Nothing);
        }
    }

    fn returning_merges(&mut self) {
        let (key, all) = (self.key(), self.columns.clone());
        self.matched("merge returning", Some(key), Shows::Columns(all.clone()));
        self.matched("merge on true returning 1", None, Shows::One);
        self.unmatched("merge insert returning", Some("56".to_owned()), Shows::Columns(all));
        self.unmatched("merge insert on false returning 1", None, Shows::One);
        let key = self.key();
        self.unmatched("merge insert returning 1", Some(key), Shows::One);
    }

    fn matched(&mut self, label: &str, key: Option<String>, shows: Shows) {
        let t = self.relation;
        let on = key.as_ref().map_or_else(|| "true".to_owned(), |key| format!("t.id = {key}"));
        let only = key.map(|key| ("id", Some(key)));
        let (reads, returns) = (looked(&only, &shows), !matches!(shows, Shows::Nothing));
        let (set, change, column) = self.set();
        let back = aliased(&shows);
        let merge = |action| Shape::Merge { reads: reads.clone(), action, returns };
        let sql = format!("MERGE INTO {t} AS t USING (SELECT 1) AS s ON {on} WHEN MATCHED THEN UPDATE SET {change}{back}");
        let does = Does::Update(only.clone(), set, Joined::Nothing, shows.clone());
        self.add(&format!("{label}: update"), sql, merge(Action::Update(named(&[column]))), does);
        let sql = format!("MERGE INTO {t} AS t USING (SELECT 1) AS s ON {on} WHEN MATCHED THEN DELETE{back}");
        self.add(&format!("{label}: delete"), sql, merge(Action::Delete), Does::Delete(only, shows));
    }

    fn unmatched(&mut self, label: &str, key: Option<String>, shows: Shows) {
        let t = self.relation;
        let on = key.as_ref().map_or_else(|| "false".to_owned(), |key| format!("t.id = {key}"));
        let (sets, given, row) = self.row(key.as_deref().unwrap_or("57"));
        let (columns, given, back) = (sets.join(", "), values(&given), aliased(&shows));
        let sql =
            format!("MERGE INTO {t} AS t USING (SELECT 1) AS s ON {on} WHEN NOT MATCHED THEN INSERT ({columns}) VALUES ({given}){back}");
        let only = key.clone().map(|key| ("id", Some(key)));
        let (reads, returns) = (looked(&only, &shows), !matches!(shows, Shows::Nothing));
        let shape = Shape::Merge { reads, action: Action::Insert(named(&sets)), returns };
        self.add(label, sql, shape, Does::InsertUnless(key, row, shows));
    }

    fn others(&mut self) {
        let (t, column) = (self.relation, self.column());
        let copied = Does::Read(None, Shows::Columns(vec![column]));
        self.add("copy a column to", format!("COPY {t} ({column}) TO STDOUT"), Shape::CopyTo { reads: named(&[column]) }, copied);
        let (sets, given, row) = self.row("58");
        let line: Vec<&str> = given.iter().map(|value| value.as_deref().unwrap_or("\\N")).collect();
        let shape = Shape::CopyFrom { sets: named(&sets) };
        self.add("copy from", format!("COPY {t} ({}) FROM STDIN", sets.join(", ")), shape, Does::Insert(row, Then::Fail, Shows::Nothing));
        if let Some(made) = self.made.last_mut() {
            made.copy = Some(format!("{}\n", line.join("\t")));
        }
    }
}

fn condition(only: &Only) -> String {
    only.as_ref().map_or_else(String::new, |(column, value)| format!(" WHERE {column} = {}", constant(value)))
}

fn text(shows: &Shows) -> String {
    match shows {
        Shows::Nothing | Shows::Count => String::new(),
        Shows::One => " RETURNING 1".to_owned(),
        Shows::Columns(columns) => format!(" RETURNING {}", columns.join(", ")),
    }
}

/// The same where another relation is in scope.
fn aliased(shows: &Shows) -> String {
    match shows {
        Shows::Columns(columns) => format!(" RETURNING {}", columns.iter().map(|name| format!("t.{name}")).collect::<Vec<_>>().join(", ")),
        other => text(other),
    }
}

fn read(shows: &Shows) -> Named {
    if let Shows::Columns(columns) = shows { named(columns) } else { Named::new() }
}

fn looked(only: &Only, shows: &Shows) -> Named {
    only.iter().map(|(column, _)| Ident::cut(column)).chain(read(shows)).collect()
}
