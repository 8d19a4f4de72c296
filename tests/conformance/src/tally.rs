//! What came of many cases. In: pairs of verdicts. Out: counts, and examples of what differs, of as many kinds as possible. Must not
//! know: how a verdict is reached.

use std::collections::BTreeMap;

use crate::judge::Answer;
use crate::ours::Verdict;

/// How two verdicts differ, and the first example of it.
#[derive(Clone, Debug, Default)]
struct Kind {
    count: usize,
    example: String,
}

/// Counts of one phase.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Judged by both.
    pub cases: usize,
    /// Without a text: refused by our reader.
    pub skipped: usize,
    /// Accepted by the server.
    pub accepted: usize,
    /// Refused by the server, judged by us.
    pub ill_typed: usize,
    /// Without a verdict of ours.
    pub declined: usize,
    /// Verdicts that differ.
    pub mismatches: usize,
    /// Refused by both, with other codes of the same class.
    pub codes: usize,
    /// Accepted by us, refused by the server.
    pub lenient: usize,
    /// Refused by us, accepted by the server.
    pub strict: usize,
    kinds: BTreeMap<String, Kind>,
    reasons: BTreeMap<String, Kind>,
    code_pairs: BTreeMap<String, Kind>,
    /// The server's codes.
    refusals: BTreeMap<String, Kind>,
}

impl Tally {
    /// Counts one case: what it is an example of, its text, on which major.
    pub fn note(&mut self, label: &str, text: &str, major: u32, ours: &Verdict, theirs: &Answer) {
        self.cases += 1;
        self.accepted += usize::from(matches!(theirs, Answer::Accepted(_)));
        self.ill_typed += usize::from(matches!(theirs, Answer::Refused { .. }) && !matches!(ours, Verdict::Declined(_)));
        if let Answer::Refused { code, .. } = theirs {
            note(&mut self.refusals, code.clone(), || format!("{major}: {text}\n        theirs {}", shown(theirs)));
        }
        let difference = match (ours, theirs) {
            (Verdict::Declined(reason), _) => {
                self.declined += 1;
                note(&mut self.reasons, reason.clone(), || format!("{major}: {text}\n        theirs {}", shown(theirs)));
                return;
            }
            (Verdict::Accepted(own), Answer::Accepted(other)) => (own != other).then(|| format!("{own} for {other}")),
            (Verdict::Accepted(_), Answer::Refused { code, .. }) => {
                self.lenient += 1;
                Some(format!("accepted for {code}"))
            }
            (Verdict::Refused { code, .. }, Answer::Accepted(_)) => {
                self.strict += 1;
                Some(format!("{code} for accepted"))
            }
            (Verdict::Refused { code: own, .. }, Answer::Refused { code: other, .. }) if own.get(..2) == other.get(..2) => {
                if own != other {
                    self.codes += 1;
                    note(&mut self.code_pairs, format!("{own} for {other}"), || format!("{major}: {text}"));
                }
                None
            }
            (Verdict::Refused { code: own, .. }, Answer::Refused { code: other, .. }) => Some(format!("{own} for {other}")),
        };
        if let Some(difference) = difference {
            self.mismatches += 1;
            note(&mut self.kinds, format!("{label}: {difference}"), || example(text, major, ours, theirs));
        }
    }

    /// Both together.
    pub fn add(&mut self, other: Tally) {
        self.cases += other.cases;
        self.skipped += other.skipped;
        self.accepted += other.accepted;
        self.ill_typed += other.ill_typed;
        self.declined += other.declined;
        self.mismatches += other.mismatches;
        self.codes += other.codes;
        self.lenient += other.lenient;
        self.strict += other.strict;
        let pairs = [
            (&mut self.kinds, other.kinds),
            (&mut self.reasons, other.reasons),
            (&mut self.code_pairs, other.code_pairs),
            (&mut self.refusals, other.refusals),
        ];
        for (own, theirs) in pairs {
            for (key, kind) in theirs {
                own.entry(key).or_insert(Kind { count: 0, example: kind.example }).count += kind.count;
            }
        }
    }

    /// Prints the counts, and this many examples of each sort.
    pub fn report(&self, phase: &str, show: usize) {
        println!("{phase}: {} cases, {} mismatches, {} declined", self.cases, self.mismatches, self.declined);
        println!(
            "    accepted by the server {}, skipped {}, refused by both under another code of the class {}",
            self.accepted, self.skipped, self.codes
        );
        let refusals: Vec<String> = self.refusals.iter().map(|(code, kind)| format!("{code} {}", kind.count)).collect();
        println!("    refused by the server {}", refusals.join(", "));
        print_kinds("MISMATCH", &self.kinds, show);
        print_kinds("declined", &self.reasons, show.min(8));
        if show > 20 {
            print_kinds("refused by the server", &self.refusals, show);
        }
        print_kinds("code", &self.code_pairs, show.min(8));
    }
}

fn note(kinds: &mut BTreeMap<String, Kind>, key: String, example: impl FnOnce() -> String) {
    let kind = kinds.entry(key).or_default();
    if kind.count == 0 {
        kind.example = example();
    }
    kind.count += 1;
}

/// The most frequent first.
fn print_kinds(word: &str, kinds: &BTreeMap<String, Kind>, show: usize) {
    let mut sorted: Vec<_> = kinds.iter().collect();
    sorted.sort_by_key(|(_, kind)| std::cmp::Reverse(kind.count));
    for (key, kind) in sorted.iter().take(show) {
        println!("    {word} {} of {key}\n        {}", kind.count, kind.example);
    }
    if sorted.len() > show {
        println!("    .. and {} further kinds", sorted.len() - show);
    }
}

fn example(text: &str, major: u32, ours: &Verdict, theirs: &Answer) -> String {
    let own = match ours {
        Verdict::Accepted(kind) => format!("type {kind}"),
        Verdict::Refused { code, message } => format!("{code} {message}"),
        Verdict::Declined(reason) => reason.clone(),
    };
    format!("{major}: {text}\n        ours   {own}\n        theirs {}", shown(theirs))
}

/// The answer in words.
#[must_use]
pub fn shown(answer: &Answer) -> String {
    match answer {
        Answer::Accepted(kind) => format!("type {kind}"),
        Answer::Refused { code, message } => format!("{code} {message}"),
    }
}
