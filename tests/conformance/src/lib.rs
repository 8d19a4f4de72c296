//! Whether our type checker says what PostgreSQL says. In: running servers. Out: the catalog that the checker embeds, and a
//! comparison of its verdicts with the servers', case by case. Must not know: how a verdict is reached.

pub mod catalog;

/// Why a run could not go on.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
