//! Notable texts. In: types and texts. Out: what the servers do with them, as `tests/literals_live.rs` has seen it.

#![allow(clippy::panic, reason = "a failure here is a failed test")]

use super::{Input, read};

fn code(kind: &str, text: &str, major: u32) -> String {
    match read(kind, text, major) {
        Input::Valid => "valid".to_owned(),
        Input::Depends(on) => on.to_owned(),
        Input::Invalid { sqlstate, .. } => sqlstate.to_owned(),
        Input::Unjudged => "unjudged".to_owned(),
    }
}

#[test]
fn dummy() {
    assert_eq!(code("bool", "t", 14), "valid");
}
