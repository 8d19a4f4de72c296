//! A trait of functions by itself.

use crate::diag::Sink;
use crate::model::Functions;

pub(super) fn check(_functions: &Functions, _sink: &mut Sink) {}
