//! Whether our type checker and our analysis of access say what PostgreSQL says. In: running servers. Out: the catalog that the checker
//! embeds, and a comparison of verdicts with the servers', case by case. Must not know: how a verdict is reached.

#![allow(clippy::indexing_slicing, reason = "a tool of ours stops at the first surprise")]

pub mod access;
pub mod bench;
pub mod case;
pub mod catalog;
pub mod extensions;
pub mod judge;
pub mod ours;
pub mod phases;
pub mod policies;
pub mod reader;
pub mod rng;
pub mod run;
pub mod tally;
pub mod universe;
pub mod wire;

/// Why a run could not go on.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs a future to its end.
///
/// # Errors
/// That there can be no runtime.
pub fn block_on<F: Future>(future: F) -> Result<F::Output, Failure> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(future))
}
