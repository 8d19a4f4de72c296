//! H0901, H0902: rows of other tenants, or what stands in the way of a proof that there are none.
//!
//! In: what a question came to, and whom it was about. Out: a diagnostic that shows the row. Must not know how it was found.

use super::told::{Told, seen};
use crate::diag::{Diagnostic, Place, codes};
use crate::model::{Command, Expr, Kind, Table, Tenancy};
use crate::prove::Witness;
use crate::render::expr::said;

/// Who reaches the rows of a table, by which command.
pub(super) struct Reached<'a> {
    pub(super) table: &'a Table,
    /// What ties a row to the caller, if that is understood.
    pub(super) tie: Option<&'a Expr>,
    /// `App`, in words.
    pub(super) who: String,
    /// Whether PUBLIC is among them: no rule of it can cross tenants.
    pub(super) is_public: bool,
    pub(super) command: Command,
    /// Whether the row is the one that is written.
    pub(super) is_new: bool,
    /// The rule or policy that lets it through.
    pub(super) by: String,
    pub(super) place: Place,
}

impl Reached<'_> {
    /// H0901, or H0902 where it is not certain.
    pub(super) fn told(&self, told: Told) -> Option<Diagnostic> {
        let fault = match told {
            Told::Proved(_) => return None,
            Told::Row(row, on) if on.is_empty() => self.leak(&row),
            Told::Row(row, on) => {
                self.doubt().note(format!("for example {}", seen(&row, self.participle()))).note(format!("it hangs on {}", on.join(", ")))
            }
            Told::Unknown(why) => self.doubt().note(why),
        };
        Some(fault.note(format!("by {}", self.by)))
    }

    /// What is so if it is proved.
    pub(super) fn claim(&self) -> String {
        format!("`{}` {} only rows of its own tenant, by {}", self.who, self.verb(), self.by)
    }

    fn leak(&self, row: &Witness) -> Diagnostic {
        let (who, verb) = (&self.who, self.verb());
        let whose = if self.is_ownerless(row) { "without a tenant" } else { "of other tenants" };
        let mut fault = Diagnostic::new(codes::LEAKS, self.place, format!("`{who}` {verb} rows {whose}"))
            .note(format!("for example {}", seen(row, self.participle())));
        if row.ctx.values().any(|value| value == "NULL") {
            fault = fault.note("a session that sets no context has NULL there");
        }
        if !self.is_new && matches!(self.command, Command::Update | Command::Delete) {
            fault = fault.note("a statement that reads no column asks for no policy of `select`");
        }
        if self.is_ownerless(row) {
            return fault.help(self.shared()).help(self.tied());
        }
        fault = fault.help(self.tied());
        if self.is_public {
            return fault;
        }
        fault.help("what one role is to reach of all tenants: a rule of its own with `across_tenants = \"reason\"`")
    }

    /// What is not certain is told in the same words, whatever is in doubt.
    fn doubt(&self) -> Diagnostic {
        let message = format!("it is not proved that `{}` {} only rows of its own tenant", self.who, self.verb());
        Diagnostic::new(codes::NOT_ISOLATED, self.place, message).help("tie every row to the caller by a comparison of a column with `ctx`")
    }

    fn verb(&self) -> &'static str {
        match self.command {
            Command::Select => "sees",
            Command::Insert => "inserts",
            Command::Update if self.is_new => "writes",
            Command::Update => "updates",
            Command::Delete => "deletes",
        }
    }

    fn participle(&self) -> &'static str {
        match self.command {
            Command::Select => "seen",
            Command::Insert => "inserted",
            Command::Update if self.is_new => "written",
            Command::Update => "updated",
            Command::Delete => "deleted",
        }
    }

    /// Whether the one column that is the row's tenant is NULL in a row.
    fn is_ownerless(&self, row: &Witness) -> bool {
        let column = self.tie.and_then(tenant_column);
        column.and_then(|column| row.row.get(column)).is_some_and(|value| value == "NULL")
    }

    /// How the tenant is written so that it holds of its own rows alone.
    fn tied(&self) -> String {
        let predicate = if let Tenancy::Own { predicate, .. } = &self.table.tenancy { Some(predicate) } else { None };
        let tie = self.tie.filter(|tie| tenant_column(tie).is_some());
        match (predicate, tie) {
            (Some(predicate), _) if offers(predicate) => {
                "take this alternative out of `tenant(..)`: which rows of its tenant a role gets is for `using(..)`".to_owned()
            }
            (_, Some(tie)) => format!("write the tie as `{}`; any other condition is for `using(..)` of a rule", said(tie)),
            _ => "tie every row to the caller: a comparison of a column with `ctx` that AND joins to everything else".to_owned(),
        }
    }

    fn shared(&self) -> String {
        let shared = if let Tenancy::Own { shared, .. } = &self.table.tenancy { shared.as_slice() } else { &[] };
        let words: Vec<&str> = shared.iter().chain([&self.command]).map(|command| command.word()).collect();
        format!("if rows without a tenant are everybody's: `tenant(.., shared({}))`", words.join(", "))
    }
}

/// The column of a tie that compares one with the caller.
fn tenant_column(tie: &Expr) -> Option<&str> {
    let Kind::Binary(op, left, right) = &tie.kind else { return None };
    [left, right]
        .into_iter()
        .find_map(|side| if let Kind::Own(column) = &side.kind { Some(column.as_str()) } else { None })
        .filter(|_| op == "=")
}

/// Whether a predicate has alternatives, however deep below AND.
fn offers(predicate: &Expr) -> bool {
    match &predicate.kind {
        Kind::Or(_) => true,
        Kind::And(all) => all.iter().any(offers),
        _ => false,
    }
}
