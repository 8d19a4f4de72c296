//! MERGE. In: a maker. Out: statements.

use policy_core::analyze::statement::{Action, Shape};

use super::super::write::values;
use super::maker::{Maker, aliased, looked};
use super::{Does, Joined, Shows, named};

impl Maker<'_> {
    pub(super) fn merges(&mut self) {
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

    pub(super) fn returning_merges(&mut self) {
        let (key, all) = (self.key(), self.columns.clone());
        self.matched("merge returning", Some(key), Shows::Columns(all.clone()));
        self.matched("merge on true returning 1", None, Shows::One);
        self.unmatched("merge insert returning", Some("56".to_owned()), Shows::Columns(all));
        self.unmatched("merge insert on false returning 1", None, Shows::One);
        let key = self.key();
        self.unmatched("merge insert returning 1", Some(key), Shows::One);
    }

    pub(super) fn matched(&mut self, label: &str, key: Option<String>, shows: Shows) {
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

    pub(super) fn unmatched(&mut self, label: &str, key: Option<String>, shows: Shows) {
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
}
