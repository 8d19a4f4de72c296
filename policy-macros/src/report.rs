//! Faults to compile errors: the text, underlined from the first token to the last.

use policy_core::diag::Diagnostic;
use policy_core::syntax::Origins;
use proc_macro2::{Punct, Spacing, Span, TokenStream, TokenTree};

/// One `compile_error!` for each error; warnings are the build edge's to print.
pub(crate) fn errors(faults: &[Diagnostic], origins: &Origins) -> TokenStream {
    faults.iter().filter(|fault| fault.is_error()).map(|fault| error(fault, origins)).collect()
}

fn error(fault: &Diagnostic, origins: &Origins) -> TokenStream {
    let (first, last) = origins.span(fault.place);
    // On stable two spans do not join; an error over two tokens underlines from one to the other.
    let ends: TokenStream = [token(first), token(last)].into_iter().collect();
    syn::Error::new_spanned(ends, fault.text()).to_compile_error()
}

fn token(span: Span) -> TokenTree {
    let mut token = Punct::new('.', Spacing::Alone);
    token.set_span(span);
    TokenTree::Punct(token)
}
