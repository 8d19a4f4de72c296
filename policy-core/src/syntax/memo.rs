//! Predicates that were read before: the tenant's stands on every table.
//!
//! In: a text and its scope. Out: what reading it again would give. Only predicates without a fault are kept, and one
//! is taken only where its names and constants mean the same.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::expr::{Form, Scope, Tokens};
use crate::model::{Column, Expr, Kind, Literal};

/// A predicate that was read.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) expr: Expr,
    pub(super) tokens: Rc<Tokens>,
    /// The columns of the row that it names.
    columns: Vec<Column>,
    /// Its texts: one that spells a column of another table may be a slip there.
    texts: Vec<String>,
}

/// The most texts kept.
const MOST: usize = 4096;

type Key = (bool, bool, String);

thread_local! {
    static MEMO: RefCell<BTreeMap<Key, Rc<Read>>> = const { RefCell::new(BTreeMap::new()) };
}

fn key(text: &str, scope: &Scope<'_>) -> Key {
    (scope.form == Form::Tokens, scope.context, text.to_owned())
}

/// What the text was read as, if it means the same here.
pub(super) fn find(text: &str, scope: &Scope<'_>) -> Option<Rc<Read>> {
    if scope.of_trigger() {
        return None;
    }
    let read = MEMO.with_borrow(|memo| memo.get(&key(text, scope)).cloned())?;
    let known = |wanted: &Column| {
        scope.columns.iter().any(|column| column.field == wanted.field && column.name == wanted.name && column.kind == wanted.kind)
    };
    let spells = |text: &String| scope.columns.iter().any(|column| column.field == *text || column.name.as_str() == text);
    (read.columns.iter().all(known) && !read.texts.iter().any(spells)).then_some(read)
}

/// Keeps a predicate.
pub(super) fn keep(text: &str, scope: &Scope<'_>, expr: &Expr, tokens: Rc<Tokens>) {
    if scope.of_trigger() {
        return;
    }
    let (mut columns, mut texts) = (Vec::new(), Vec::new());
    expr.visit(&mut |one| match &one.kind {
        Kind::Own(name) => columns.extend(scope.columns.iter().find(|column| column.name.as_str() == name).cloned()),
        Kind::Literal(Literal::Text(text) | Literal::Number(text)) | Kind::Typed(_, text) => texts.push(text.clone()),
        _ => {}
    });
    let read = Rc::new(Read { expr: expr.clone(), tokens, columns, texts });
    MEMO.with_borrow_mut(|memo| {
        if memo.len() < MOST {
            memo.insert(key(text, scope), read);
        }
    });
}
