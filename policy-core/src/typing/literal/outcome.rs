//! How a reader ends. In: nothing. Out: the two ways to accept a text and the two ways to stop.

/// How an accepted text is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// The same in every session.
    Fixed,
    /// This decides.
    Depends(&'static str),
}

/// The session's order of the fields of a date decides.
pub(super) const BY_ORDER: Sense = Sense::Depends("DateStyle");

impl Sense {
    /// Both at once: one that depends is enough. The order of dates comes before everything else.
    pub(super) fn and(self, other: Sense) -> Sense {
        if self == Sense::Fixed || other == BY_ORDER { other } else { self }
    }
}

/// Why a reader has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The server refuses the text.
    Refused { sqlstate: &'static str, message: String },
    /// The form is not read here.
    Unjudged,
}

impl Stop {
    pub(super) fn refused(sqlstate: &'static str, message: impl Into<String>) -> Stop {
        Stop::Refused { sqlstate, message: message.into() }
    }

    /// The text is no value of the type that messages call `name`.
    pub(super) fn syntax(name: &str, text: &str) -> Stop {
        Stop::refused("22P02", format!("invalid input syntax for type {name}: \"{text}\""))
    }
}

pub(super) type Reading<T> = Result<T, Stop>;
