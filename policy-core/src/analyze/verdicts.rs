//! Verdicts on a change, as text and as JSON.
//!
//! In: differences. Out: one line for each, with what is gained and lost below it. Must not know how they were found.

use super::change::{Difference, Differences};
use super::json::{array, object, string};

impl Differences {
    /// As text, in the order of relations, roles and commands.
    #[must_use]
    pub fn text(&self) -> String {
        if self.all.is_empty() {
            return "equivalent: nobody reaches more or less\n".to_owned();
        }
        self.all.iter().map(of_one).collect()
    }

    /// As JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let all = array(self.all.iter().map(|one| {
            let list = |lines: &[String]| array(lines.iter().map(|line| string(line)));
            object(&[
                ("role", string(&one.role)),
                ("object", string(&one.object)),
                ("what", string(&one.what)),
                ("change", string(one.change.word())),
                ("gained", list(&one.gained)),
                ("lost", list(&one.lost)),
                ("unknown", list(&one.unknown)),
            ])
        }));
        object(&[("change", string(self.change().word())), ("differences", all)]) + "\n"
    }
}

fn of_one(one: &Difference) -> String {
    let mut text = format!("{}: {}, {}, {}\n", one.change.word(), one.role, one.object, one.what);
    for (mark, lines) in [('+', &one.gained), ('-', &one.lost), ('?', &one.unknown)] {
        lines.iter().for_each(|line| text.push_str(&format!("  {mark} {line}\n")));
    }
    text
}
