//! Types of common extensions.

use super::TypeId;
use super::catalog::{Cast, Function, Operator, TypeRow};

pub(super) fn row(_: TypeId) -> Option<&'static TypeRow> {
    None
}
pub(super) fn named(_: &str) -> Option<TypeId> {
    None
}
pub(super) fn cast(_: TypeId, _: TypeId) -> Option<Cast> {
    None
}
pub(super) fn operators(_: &str, _: &[TypeId]) -> Vec<Operator> {
    Vec::new()
}
pub(super) fn functions(_: &str, _: &[TypeId]) -> Vec<Function> {
    Vec::new()
}
