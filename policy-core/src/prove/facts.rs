//! What is known of the world that expressions speak of.
//!
//! In: names, as an expression says them. Out: types, the habits of functions. What is not known is taken for the worst.

use crate::model::{Routine, Volatility};
use crate::typing::Names;

/// The names of a question, and what else is known of them.
pub trait Facts: Names {
    /// How the answers of a declared function change.
    fn volatility(&self, routine: &Routine) -> Volatility {
        let _ = routine;
        Volatility::Volatile
    }

    /// Whether a declared function gives NULL for NULL.
    fn is_strict(&self, routine: &Routine) -> bool {
        let _ = routine;
        false
    }
}
