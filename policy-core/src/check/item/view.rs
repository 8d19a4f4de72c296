//! H0811 for a view that no front end read: that one names the columns.

use crate::diag::{Diagnostic, Part, Place, Sink, codes};
use crate::model::View;

pub(super) fn check(view: &View, sink: &mut Sink) {
    let yields = view.query.as_ref().map_or(view.columns.len(), |query| query.columns.len());
    if yields != view.columns.len() {
        let message = format!("the query yields {yields} columns, the view has {}", view.columns.len());
        sink.push(Diagnostic::new(codes::VIEW_COLUMNS, Place::Part(Part::Query), message).help("select one value for each field"));
    }
}
