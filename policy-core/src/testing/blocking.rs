//! One future, run to its end from code that may not await. In: a future. Out: its value. Must not know: what it does.
//! It gets a thread and a runtime of its own, so that it also works inside another runtime.

use std::io;
use std::thread;
use std::time::Duration;

/// No question to a test server takes longer.
const LIMIT: Duration = Duration::from_secs(30);

/// Runs `work` on a thread of its own. `work` makes the future there, so that it need not be `Send`.
pub(super) fn run<F, T>(work: impl FnOnce() -> F + Send) -> io::Result<T>
where
    F: Future<Output = T>,
    T: Send,
{
    thread::scope(|scope| {
        let thread = thread::Builder::new().spawn_scoped(scope, move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            let limited = async { tokio::time::timeout(LIMIT, work()).await };
            runtime.block_on(limited).map_err(|_| io::Error::from(io::ErrorKind::TimedOut))
        })?;
        thread.join().unwrap_or_else(|_| Err(io::Error::other("the thread panicked")))
    })
}
