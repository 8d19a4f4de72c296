//! The triggers of a table by themselves.

use crate::diag::Sink;
use crate::model::Table;

pub(super) fn check(_table: &Table, _sink: &mut Sink) {}
