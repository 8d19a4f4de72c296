//! The log of a table by itself.

use crate::diag::Sink;
use crate::model::Table;

pub(super) fn check(_table: &Table, _sink: &mut Sink) {}
