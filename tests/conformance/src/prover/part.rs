//! What a part of the comparison is, and what came of it. In: cases. Out: counts, and examples of what differs. Must not know: what
//! the parts are.

use std::collections::BTreeMap;
use std::thread;

use crate::Failure;

/// Which cases of a part.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// How many.
    pub count: usize,
    /// Where the random numbers begin.
    pub seed: u64,
}

/// A part of the comparison.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// How many cases a whole run has.
    pub cases: usize,
    /// Runs a sample of it.
    pub run: fn(Sample) -> Result<Count, Failure>,
}

/// Counts of a part.
#[derive(Clone, Debug, Default)]
pub struct Count {
    /// Asked of both.
    pub cases: usize,
    /// Answers that differ.
    pub mismatches: usize,
    /// Without an answer of ours.
    pub declined: usize,
    /// Other numbers worth knowing, by name.
    pub notes: BTreeMap<&'static str, usize>,
    examples: Vec<String>,
}

impl Count {
    /// Notes that something is so in one case more.
    pub fn note(&mut self, what: &'static str) {
        *self.notes.entry(what).or_default() += 1;
    }

    /// Notes that the answers differ.
    pub fn differ(&mut self, example: String) {
        self.mismatches += 1;
        self.examples.push(example);
    }

    /// Both together.
    pub fn add(&mut self, other: Count) {
        self.cases += other.cases;
        self.mismatches += other.mismatches;
        self.declined += other.declined;
        for (what, count) in other.notes {
            *self.notes.entry(what).or_default() += count;
        }
        self.examples.extend(other.examples);
    }

    /// Prints the counts, and this many examples.
    pub fn report(&self, part: &str, show: usize) {
        println!("{part}: {} cases, {} mismatches, {} declined", self.cases, self.mismatches, self.declined);
        let notes: Vec<String> = self.notes.iter().map(|(what, count)| format!("{what} {count}")).collect();
        println!("    {}", notes.join(", "));
        for example in self.examples.iter().take(show) {
            println!("    MISMATCH {example}");
        }
    }
}

/// Runs the cases on as many threads as there are processors.
///
/// # Errors
/// What a case says.
pub fn spread(count: usize, each: impl Fn(usize, &mut Count) -> Result<(), Failure> + Sync) -> Result<Count, Failure> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let counts: Vec<Result<Count, Failure>> = thread::scope(|scope| {
        let each = &each;
        let own = move |first: usize| {
            let mut found = Count::default();
            for number in (first..count).step_by(threads) {
                each(number, &mut found)?;
            }
            Ok(found)
        };
        let threads: Vec<_> = (0..threads).map(|first| scope.spawn(move || own(first))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err("a thread panicked".into()))).collect()
    });
    let mut sum = Count::default();
    for found in counts {
        sum.add(found?);
    }
    Ok(sum)
}
