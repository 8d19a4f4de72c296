//! What is done to a proof so that it proves nothing any more. In: proofs. Out: that the checker refuses what does not follow.
