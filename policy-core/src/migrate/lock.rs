//! `policy.lock`: the set that the last migration reached.
//!
//! In: a checked set. Out: text, and the set again. Must not know where the file is. The text is the notation of
//! `model`, two nodes under a header: the fingerprint of the SQL that the set was rendered to, and the linked set, without
//! what it knows of the types of the database and what it denies: no SQL depends on that.

use crate::check::{Checked, trusted};
use crate::model::{Node, Notate, NotationError, PolicySet};
use crate::render::{Script, render};

const FIRST: &str = "; hedgerow policy.lock 1";
const HEADER: &str = "; The policies that the last migration reached. Written together with the migrations: do not edit.\n\
                      ; After a merge conflict take one side whole, and write the migration of the other side again.";

/// What a lock holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// The linked set.
    pub set: PolicySet,
    /// What the renderer made of it then: FNV-1a-64 of the SQL.
    pub fingerprint: u64,
}

impl Lock {
    /// The text of a lock for this set.
    #[must_use]
    pub fn write(checked: &Checked) -> String {
        Lock::of(checked, &render(checked))
    }

    /// The same where the set is rendered already.
    #[must_use]
    pub fn of(checked: &Checked, script: &Script) -> String {
        let print = Node::Word(format!("{:016x}", script.fingerprint()));
        let nodes = [Node::list("rendered", [print]), rendered_part(checked.set().note())];
        let body: String = nodes.iter().map(Node::pretty).collect();
        format!("{FIRST}\n{HEADER}\n{body}")
    }

    /// Reads a lock.
    ///
    /// # Errors
    /// If the text is not one that [`Lock::write`] wrote in this version of the format.
    pub fn read(text: &str) -> Result<Lock, NotationError> {
        let fail = |what: &str| Err(NotationError(what.to_owned()));
        if text.lines().next().map(str::trim_end) != Some(FIRST) {
            return fail(&format!("line 1: `{FIRST}` expected"));
        }
        let nodes = Node::parse_all(text)?;
        let [rendered, set] = nodes.as_slice() else {
            return fail("a fingerprint and one set expected");
        };
        match rendered.head() {
            Some(("rendered", [Node::Word(print)])) if print.len() == 16 => match u64::from_str_radix(print, 16) {
                Ok(fingerprint) => Ok(Lock { set: PolicySet::read(set)?, fingerprint }),
                Err(_) => fail("the fingerprint is not hexadecimal"),
            },
            _ => fail("(rendered fingerprint) expected"),
        }
    }

    /// The set as a checked one: it was checked before it was locked.
    #[must_use]
    pub fn checked(&self) -> Checked {
        trusted(self.set.clone())
    }

    /// Whether this renderer makes of the set what the one that wrote the lock made of it.
    #[must_use]
    pub fn is_current(&self) -> bool {
        render(&self.checked()).fingerprint() == self.fingerprint
    }
}

fn rendered_part(set: Node) -> Node {
    match set {
        Node::List(fields) => {
            Node::List(fields.into_iter().filter(|field| field.head().is_none_or(|(key, _)| !matches!(key, "types" | "deny"))).collect())
        }
        word @ Node::Word(_) => word,
    }
}
