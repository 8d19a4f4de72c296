//! SELECT, INSERT, UPDATE, DELETE, TRUNCATE and COPY. In: a maker. Out: statements.

use policy_core::analyze::statement::{Conflict, Named, Shape};
use policy_core::model::Ident;

use super::super::client::Value;
use super::super::world::DEFAULT_KEY;
use super::super::write::{constant, values};
use super::maker::{Maker, condition, looked, read, text};
use super::{Does, Joined, Only, Set, Shows, Then, named};

impl Maker<'_> {
    pub(super) fn reads(&mut self) {
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

    pub(super) fn inserts(&mut self) {
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
        let others: Vec<Value> = self.world.columns(&self.base)[1..].iter().map(|column| self.default(column)).collect();
        let row = std::iter::once(Some(DEFAULT_KEY.to_owned())).chain(others).collect();
        let shape = Shape::Insert { sets: Named::new(), reads: Named::new(), conflict: Conflict::Fail };
        self.add("insert default values", format!("INSERT INTO {t} DEFAULT VALUES"), shape, Does::Insert(row, Then::Fail, Shows::Nothing));
    }

    pub(super) fn conflicts(&mut self) {
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
    pub(super) fn blind_writes(&mut self) {
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

    pub(super) fn variants(&mut self) -> [(&'static str, Only, Shows); 5] {
        let (column, all) = (self.column(), self.columns.clone());
        [
            ("blind", None, Shows::Nothing),
            ("where", Some(self.only()), Shows::Nothing),
            ("returning a column", None, Shows::Columns(vec![column])),
            ("returning 1", None, Shows::One),
            ("where returning *", Some(self.only()), Shows::Columns(all)),
        ]
    }

    pub(super) fn updates(&mut self) {
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
        let key = self.key();
        // In a partitioned table the row may have to move.
        let does = Does::Update(Some(("id", Some(key.clone()))), Set::To("id", Some("60".to_owned())), Joined::Nothing, Shows::Nothing);
        self.add("update of the key", format!("UPDATE {t} SET id = 60 WHERE id = {key}"), shape("id", &["id"], None), does);
        let (key, (set, change, column)) = (self.key(), self.set());
        let sql = format!("UPDATE {t} SET {change} FROM {t} AS o WHERE o.id = {key}");
        let does = Does::Update(None, set, Joined::Key(key), Shows::Nothing);
        self.add("update from itself, blind", sql, shape(column, &[], Some(&["id"])), does);
        let (set, change, column) = self.set();
        let sql = format!("UPDATE {t} AS t SET {change} FROM {t} AS o WHERE o.id = t.id");
        let does = Does::Update(None, set, Joined::Same, Shows::Nothing);
        self.add("update from itself", sql, shape(column, &["id"], Some(&["id"])), does);
    }

    pub(super) fn deletes(&mut self) {
        let (t, key) = (self.relation, self.key());
        let does = Does::Delete(Some(("id", Some(key.clone()))), Shows::One);
        let shape = Shape::Delete { reads: named(&["id"]) };
        self.add("delete where returning 1", format!("DELETE FROM {t} WHERE id = {key} RETURNING 1"), shape, does);
    }

    pub(super) fn others(&mut self) {
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
