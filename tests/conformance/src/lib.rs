//! Whether our type checker and our analysis of access say what PostgreSQL says, and our prover what others say. In: running servers,
//! another solver. Out: the catalog that the checker embeds, and a comparison of verdicts, case by case. Must not know: how a verdict is
//! reached.

#![allow(clippy::indexing_slicing, reason = "a tool of ours stops at the first surprise")]

pub mod access;
pub mod bench;
pub mod case;
pub mod catalog;
pub mod changes;
pub mod extensions;
pub mod judge;
pub mod ours;
pub mod phases;
pub mod policies;
pub mod prover;
pub mod reader;
pub mod rng;
pub mod run;
pub mod tally;
pub mod universe;
pub mod weaken;
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
