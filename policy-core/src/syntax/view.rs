//! `#[derive(View)]`: a view.

use syn::DeriveInput;

use super::Cx;
use super::entry::Entry;
use crate::model::View;

pub(super) fn read(_input: &DeriveInput, _written: Vec<Entry>, _cx: &mut Cx) -> Option<View> {
    None
}
