//! What came of many verdicts. In: verdicts beside what was shown. Out: counts, and an example of each way in which they differ. Must not
//! know: how either is reached.

use std::collections::BTreeMap;

use policy_core::analyze::Change;

use super::judge::Shown;
use super::witness::Came;

/// Counts.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Verdicts that were compared.
    pub cases: usize,
    /// Verdicts, rows and tables that are otherwise on a server.
    pub mismatches: usize,
    /// Verdicts that say that they do not know.
    pub declined: usize,
    /// By command and verdict: what the server showed.
    verdicts: BTreeMap<String, BTreeMap<&'static str, usize>>,
    /// By command: rows that were told, and what came of them.
    rows: BTreeMap<String, BTreeMap<&'static str, usize>>,
    kinds: BTreeMap<String, (usize, String)>,
    reasons: BTreeMap<String, usize>,
    /// Worlds that the server does not make.
    refused: BTreeMap<String, usize>,
    worlds: usize,
}

impl Tally {
    /// A pair of worlds that was looked at.
    pub(super) fn world(&mut self) {
        self.worlds += 1;
    }

    /// A world that a server does not make, and why.
    pub(super) fn refuse(&mut self, why: String) {
        *self.refused.entry(why).or_default() += 1;
    }

    /// Counts a verdict that is not known.
    pub(super) fn decline(&mut self, reason: &str) {
        self.cases += 1;
        self.declined += 1;
        *self.reasons.entry(reason.to_owned()).or_default() += 1;
    }

    /// Counts a verdict.
    pub(super) fn verdict(&mut self, label: &str, change: Change, shown: &Shown, example: impl FnOnce() -> String) {
        self.cases += 1;
        let word = match (shown.gained.is_some(), shown.lost.is_some()) {
            (false, false) => "nothing",
            (true, false) => "more",
            (false, true) => "less",
            (true, true) => "both",
        };
        *self.verdicts.entry(format!("{label} {}", change.word())).or_default().entry(word).or_default() += 1;
        let wrong = match change {
            Change::Equivalent => shown.gained.is_some() || shown.lost.is_some(),
            Change::Narrower => shown.gained.is_some(),
            Change::Wider => shown.lost.is_some(),
            Change::Incomparable => false,
        };
        if wrong {
            self.mismatch(format!("{label}: {} where the server shows {word}", change.word()), example);
        }
    }

    /// Counts a row that a verdict tells.
    pub(super) fn row(&mut self, label: &str, came: Came, example: impl FnOnce() -> String) {
        let word = match came {
            Came::Shown => "shown",
            Came::Untold => "cannot be shown",
            Came::Wrong => "wrong",
        };
        *self.rows.entry(label.to_owned()).or_default().entry(word).or_default() += 1;
        if came == Came::Wrong {
            self.mismatch(format!("{label}: a row that is otherwise"), example);
        }
    }

    /// Counts a role that is said to be apart from other tenants.
    pub(super) fn apart(&mut self, label: &str, wrong: bool, example: impl FnOnce() -> String) {
        self.cases += 1;
        let word = if wrong { "a row of another tenant" } else { "nothing of others" };
        *self.verdicts.entry(label.to_owned()).or_default().entry(word).or_default() += 1;
        if wrong {
            self.mismatch(format!("{label}: a row of another tenant"), example);
        }
    }

    fn mismatch(&mut self, kind: String, example: impl FnOnce() -> String) {
        self.mismatches += 1;
        self.kinds.entry(kind).or_insert_with(|| (0, example())).0 += 1;
    }

    /// Both together.
    pub fn add(&mut self, other: Tally) {
        self.cases += other.cases;
        self.mismatches += other.mismatches;
        self.declined += other.declined;
        self.worlds += other.worlds;
        for (own, theirs) in [(&mut self.verdicts, other.verdicts), (&mut self.rows, other.rows)] {
            for (label, counts) in theirs {
                let own = own.entry(label).or_default();
                counts.into_iter().for_each(|(word, count)| *own.entry(word).or_default() += count);
            }
        }
        for (own, theirs) in [(&mut self.reasons, other.reasons), (&mut self.refused, other.refused)] {
            theirs.into_iter().for_each(|(reason, count)| *own.entry(reason).or_default() += count);
        }
        for (key, (count, example)) in other.kinds {
            self.kinds.entry(key).or_insert((0, example)).0 += count;
        }
    }

    /// Prints what was shown for each verdict, and this many examples of what differs.
    pub fn report(&self, show: usize) {
        println!("    {} pairs of worlds", self.worlds);
        for (word, of) in [("the server shows", &self.verdicts), ("rows told", &self.rows)] {
            for (label, counts) in of {
                let counts: Vec<String> = counts.iter().map(|(word, count)| format!("{word} {count}")).collect();
                println!("    {label}: {word} {}", counts.join(", "));
            }
        }
        self.reasons.iter().for_each(|(reason, count)| println!("    declined {count}: {reason}"));
        self.refused.iter().for_each(|(reason, count)| println!("    not made {count}: {reason}"));
        let mut kinds: Vec<_> = self.kinds.iter().collect();
        kinds.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        for (key, (count, example)) in kinds.into_iter().take(show) {
            println!("    MISMATCH {count} of {key}\n        {example}");
        }
    }
}
