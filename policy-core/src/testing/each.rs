//! Several servers, one for each major that a test is to run on. In: what is installed, and `HEDGEROW_MAJORS`. Out: running
//! servers. Must not know: what is tested on them.

use std::sync::{Mutex, OnceLock, PoisonError};

use super::{Environment, Error, Server};

/// The oldest major that policies are written for.
const OLDEST: u32 = 14;

/// What `HEDGEROW_MAJORS` asks for beside the default server.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Wanted {
    /// The oldest and the newest.
    Ends,
    /// Every one.
    All,
    /// These.
    These(Vec<u32>),
}

impl Wanted {
    fn read(text: Option<&str>) -> Result<Wanted, Error> {
        match text.map(str::trim) {
            None | Some("" | "ends") => Ok(Wanted::Ends),
            Some("all") => Ok(Wanted::All),
            Some(list) => {
                let numbers: Result<Vec<u32>, _> = list.split(',').map(|number| number.trim().parse()).collect();
                numbers.map(Wanted::These).map_err(|_| Error::BadMajors(list.to_owned()))
            }
        }
    }

    /// Which majors to start beside the default server's, oldest first.
    fn further(&self, first: u32, installed: &[u32]) -> Vec<u32> {
        let others = || installed.iter().copied().filter(|major| *major >= OLDEST && *major != first);
        match self {
            Wanted::All => others().collect(),
            Wanted::Ends => {
                let mut ends: Vec<u32> = others().next().into_iter().chain(others().next_back()).collect();
                ends.dedup();
                ends
            }
            Wanted::These(majors) => majors.iter().copied().filter(|major| *major != first).collect(),
        }
    }
}

impl Server {
    /// The servers that a test runs on, the [shared](Server::shared) one first; the others are started at the first call
    /// and end with the process. `HEDGEROW_MAJORS` says which of the [installed](Server::installed) majors from 14 on:
    /// `ends` (the default: the oldest and the newest), `all`, or numbers (`14,17`).
    ///
    /// # Errors
    /// Those of [`Server::start`], [`Error::NoMajor`] for a number that is not installed, [`Error::BadMajors`].
    pub fn each_major() -> Result<Vec<&'static Self>, Error> {
        static FURTHER: OnceLock<Vec<Server>> = OnceLock::new();
        static STARTING: Mutex<()> = Mutex::new(());
        let first = Self::shared()?;
        let _starting = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        let further = match FURTHER.get() {
            Some(further) => further,
            None => {
                let environment = Environment::current();
                let installed: Vec<u32> = environment.installed().into_keys().collect();
                let majors = Wanted::read(environment.majors.as_deref())?.further(first.version(), &installed);
                let started = majors.into_iter().map(Self::start_major).collect::<Result<_, _>>()?;
                FURTHER.get_or_init(|| started)
            }
        };
        Ok(std::iter::once(first).chain(further).collect())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failure here is a failed test")]
mod tests {
    use super::Wanted;

    #[test]
    fn majors_beside_the_default_one() {
        let further = |text: &str, first, installed: &[u32]| Wanted::read(Some(text)).unwrap().further(first, installed);
        let all = [13, 14, 15, 16, 17, 18];
        assert_eq!(further("ends", 15, &all), [14, 18]);
        assert_eq!(further("", 18, &all), [14, 17]);
        assert_eq!(further("ends", 15, &[15, 17]), [17]);
        assert_eq!(further("all", 15, &all), [14, 16, 17, 18]);
        assert_eq!(further(" 14, 15", 15, &all), [14]);
        assert!(further("all", 15, &[13, 15]).is_empty());
        assert!(Wanted::read(Some("newest")).is_err());
        assert_eq!(Wanted::read(None).unwrap(), Wanted::Ends);
    }
}
