//! Names in predicates: own columns, `self.`, `ctx.`, aliases (docs/surface.md, predicates).

use sqlparser::ast::Ident;

use super::tokens::at;
use super::{Converter, Form};
use crate::diag::{At, codes, listed, nearest};
use crate::model::{Column, Expr, Kind};

impl Converter<'_> {
    /// The text that a name stands for: as written in tokens, folded in SQL unless quoted. PostgreSQL folds ASCII only.
    pub(super) fn name(&self, ident: &Ident) -> String {
        match self.scope.form {
            Form::Sql if ident.quote_style.is_none() => ident.value.to_ascii_lowercase(),
            _ => ident.value.clone(),
        }
    }

    pub(super) fn ident_at(ident: &Ident) -> At {
        at(ident.span).unwrap_or_default()
    }

    /// A name by itself: a column of the row under judgement, outside subqueries only.
    pub(super) fn bare(&mut self, ident: &Ident) -> Option<Expr> {
        let (name, at) = (self.name(ident), Self::ident_at(ident));
        if self.scope.of_trigger() {
            let fault = self
                .fault(codes::BARE_COLUMN, at, format!("the bare name `{name}` in the WHEN of a trigger"))
                .note("a trigger has two rows: the one before and the one after")
                .help(format!("write `new.{name}` or `old.{name}`"));
            self.push(fault);
            return None;
        }
        if matches!(name.as_str(), "ctx" | "self") {
            let fault = self
                .fault(codes::UNKNOWN_COLUMN, at, format!("`{name}` is not a column"))
                .help(format!("name a field of it: `{name}.field`"));
            self.push(fault);
            return None;
        }
        if self.in_subquery() {
            let aliases: Vec<&str> = self.frames.iter().flatten().map(String::as_str).collect();
            let alias = aliases.last().copied().unwrap_or("alias");
            let fault = self
                .fault(codes::BARE_COLUMN, at, format!("the bare column `{name}` in a {}", self.query_word()))
                .note("in SQL it would bind to the innermost table that has such a column, and the comparison could hold for every row")
                .help(if self.lookup(&name).is_some() {
                    format!("write `self.{name}` for the row under judgement, `{alias}.{name}` for the subquery's table")
                } else {
                    format!("write `{alias}.{name}`")
                });
            self.push(fault);
            return None;
        }
        self.own(&name, at)
    }

    fn lookup(&self, name: &str) -> Option<&Column> {
        self.scope.columns.iter().find(|column| match self.scope.form {
            Form::Tokens => column.field == name,
            Form::Sql => column.name.as_str() == name,
        })
    }

    /// A column of the row under judgement.
    fn own(&mut self, name: &str, at: At) -> Option<Expr> {
        if let Some(column) = self.lookup(name) {
            return Some(Expr { kind: Kind::Own(column.name.as_str().to_owned()), at });
        }
        let form = self.scope.form;
        let known = || self.scope.columns.iter().map(|c| if form == Form::Tokens { c.field.as_str() } else { c.name.as_str() });
        let other = self.scope.columns.iter().find(|c| c.field == name || c.name.as_str() == name);
        let mut fault = self.fault(codes::UNKNOWN_COLUMN, at, format!("no column `{name}`"));
        let folded = self.scope.columns.iter().find(|c| form == Form::Sql && c.name.as_str().to_ascii_lowercase() == name);
        if let Some(folded) = folded {
            fault = fault.help(format!("write `\"{}\"`: SQL folds a name without quotes to small letters", folded.name));
        } else if let Some(other) = other {
            let (right, rule) = match form {
                Form::Tokens => (other.field.clone(), "tokens use Rust names"),
                Form::Sql => (in_text(other.name.as_str()), "strings use SQL names"),
            };
            fault = fault.help(format!("write `{right}`: {rule}"));
        } else if let Some(near) = nearest(name, known()) {
            fault = fault.help(format!("did you mean `{near}`?"));
        }
        fault = fault.help(format!("the columns are {}; one that the struct lacks is declared in `columns(..)`", listed(known())));
        self.push(fault);
        None
    }

    /// `self.column`, `ctx.field`, `alias.column`.
    pub(super) fn dotted(&mut self, parts: &[Ident]) -> Option<Expr> {
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return None };
        let at = Self::ident_at(first).to(Self::ident_at(last));
        let [head, name] = parts else {
            return self.refuse(at, "a name of three parts", "give the table an alias and write `alias.column`");
        };
        let (head_name, column) = (self.name(head), self.name(name));
        match head_name.as_str() {
            row if self.scope.of_trigger() => self.of_trigger(row, &column, at, Self::ident_at(name)),
            "self" if self.of_view() => {
                let aliases = self.frames.iter().flatten().map(String::as_str);
                let fault = self
                    .fault(codes::UNKNOWN_ALIAS, at, "`self` in a view")
                    .note("`self` is the row that a policy judges; a view has none")
                    .help(format!("name the table that has `{column}`; the names here are {}", listed(aliases)));
                self.push(fault);
                None
            }
            "self" => self.own(&column, Self::ident_at(name)),
            "ctx" if self.scope.context => Some(Expr { kind: Kind::Ctx(name.value.clone()), at: Self::ident_at(name) }),
            "ctx" => {
                let fault = self
                    .fault(codes::NO_CONTEXT, at, "`ctx` without a context")
                    .help("say which: `context = Request`, an item with `#[derive(Context)]`");
                self.push(fault);
                None
            }
            alias if self.frames.iter().flatten().any(|known| known == alias) => {
                Some(Expr { kind: Kind::Column(head_name.clone(), column), at: Self::ident_at(name) })
            }
            _ => self.unknown_alias(&head_name, &column, Self::ident_at(head)),
        }
    }

    /// `new.column`, `old.column`: the rows of a trigger.
    fn of_trigger(&mut self, row: &str, column: &str, at: At, name: At) -> Option<Expr> {
        if matches!(row, "new" | "old") {
            let Kind::Own(column) = self.own(column, name)?.kind else { return None };
            return Some(Expr { kind: Kind::Column(row.to_owned(), column), at });
        }
        let fault = if row == "ctx" {
            self.fault(codes::NOT_UNDERSTOOD, at, "`ctx` in the WHEN of a trigger")
                .note("PostgreSQL allows no sub-select there, and a context field is read by one")
                .help("ask for it in the function")
        } else {
            self.fault(codes::UNKNOWN_ALIAS, at, format!("no row `{row}` in the WHEN of a trigger"))
                .help(format!("write `new.{column}` or `old.{column}`"))
        };
        self.push(fault);
        None
    }

    fn unknown_alias(&mut self, head: &str, column: &str, at: At) -> Option<Expr> {
        let known: Vec<&str> = self.frames.iter().flatten().map(String::as_str).collect();
        let near = nearest(head, known.iter().copied().chain(["self", "ctx"].into_iter().filter(|_| !self.of_view())));
        let mut fault = self.fault(codes::UNKNOWN_ALIAS, at, format!("no table `{head}` here"));
        fault = match near {
            Some(near) => fault.help(format!("did you mean `{near}.{column}`?")),
            None if known.is_empty() => {
                fault.help(format!("write `{column}` or `self.{column}` for the row under judgement, `ctx.field` for the caller"))
            }
            None if self.of_view() => fault.help(format!("the names here are {}", listed(known))),
            None => fault.help(format!("the names here are {}, `self` and `ctx`", listed(known))),
        };
        self.push(fault);
        None
    }
}

/// A name as SQL text has it: in quotes if it would be folded without.
fn in_text(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain { name.to_owned() } else { format!("\"{name}\"") }
}
