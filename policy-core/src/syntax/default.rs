//! `default(ctx.field)` and `default(current_user)` of a column: the caller, where the row does not say.

use proc_macro2::TokenTree;

use super::entry::Entry;
use super::{Cx, Keep, unraw};
use crate::diag::{Part, codes};
use crate::model::{Expr, Kind};

/// A default is no predicate: PostgreSQL takes no sub-select there, and only who asks is worth one.
pub(super) fn read(entry: &Entry, column: usize, context: bool, cx: &mut Cx) -> Option<Expr> {
    cx.origins.part(Part::ColumnDefault(column), entry.tokens);
    let list: Vec<TokenTree> = entry.list(cx)?.into_iter().collect();
    match list.as_slice() {
        [TokenTree::Ident(word)] if word == "current_user" => Some(Expr::new(Kind::Keyword("current_user".to_owned()))),
        [TokenTree::Ident(ctx), TokenTree::Punct(dot), TokenTree::Ident(field)] if ctx == "ctx" && dot.as_char() == '.' => {
            if context {
                return Some(Expr::new(Kind::Ctx(unraw(field))));
            }
            cx.at(codes::NO_CONTEXT, ctx, "`ctx` without a context")
                .help("say which: `context = Request`, an item with `#[derive(Context)]`")
                .keep(cx);
            None
        }
        _ => {
            cx.at(codes::MALFORMED, entry.tokens, "a default is the caller: `default(ctx.field)` or `default(current_user)`")
                .note("every other default belongs to the table, which the migrations of the application make")
                .keep(cx);
            None
        }
    }
}
