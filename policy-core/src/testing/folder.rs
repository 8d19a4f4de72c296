//! The folder of a private cluster. In: the places for temporary files. Out: a folder of our own, named, locked and owned by the
//! account that will run the server; and the removal of those whose owner died. Must not know: what is put into it,
//! save the file that names a running server.
//!
//! INVARIANT: a folder under its final name is locked for as long as its owner lives. The lock is the kernel's, on the
//! open folder: it ends with the process however that ends, and no reused process id can fake it.

use std::env;
use std::fs::{self, DirBuilder, File, Metadata};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use super::Error;
use super::account::Account;

const PREFIX: &str = "hedgerow-pg-";

/// A file system in memory, where there is one.
const MEMORY: &str = "/dev/shm";

const DISK: &str = "/tmp";

/// A socket's path has at most 103 bytes on the strictest system; ours adds up to 41 to this.
const BASE_LIMIT: usize = 60;

/// Removes a folder whose owner died, and stops the server in it if its supervisor died as well.
const SWEEP: &str = include_str!("sweep.sh");

/// A locked folder, mode 0700; removed on drop.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    /// Who owns it, if that is not the user of this process.
    pub(super) account: Option<Account>,
    _lock: File,
}

impl Folder {
    /// Makes a folder in the first place that takes it, after sweeping all of them.
    pub(super) fn create() -> Result<Self, Error> {
        // First, for what the dead left may take the room of the living.
        [env::temp_dir().as_path(), Path::new(MEMORY), Path::new(DISK)].into_iter().for_each(sweep);
        let mut refusal = None;
        for base in bases() {
            match Self::create_in(&base) {
                Ok(Some(folder)) => return Ok(folder),
                Ok(None) => {}
                Err(error) => refusal = Some(error),
            }
        }
        let nowhere = || Error::io("making a folder in /tmp")(io::ErrorKind::PermissionDenied.into());
        Err(refusal.unwrap_or_else(nowhere))
    }

    /// Makes a folder in `base`; none if the account of the server cannot reach it there.
    fn create_in(base: &Path) -> Result<Option<Self>, Error> {
        let doing = || format!("making a folder in {}", base.display());
        let raw = new_folder(base).map_err(Error::io(doing()))?;
        let made = Self::own(&raw).and_then(|(account, lock)| {
            if account.as_ref().is_some_and(|account| !account.reaches(&raw)) {
                return Ok(None);
            }
            let path = publish(base, &raw).map_err(Error::io(doing()))?;
            Ok(Some(Self { path, account, _lock: lock }))
        });
        if !matches!(made, Ok(Some(_))) {
            // Best effort: it is empty, and there is an answer to give.
            let _ = fs::remove_dir(&raw);
        }
        made
    }

    fn own(raw: &Path) -> Result<(Option<Account>, File), Error> {
        let doing = || format!("taking the folder {}", raw.display());
        let lock = File::open(raw).map_err(Error::io(doing()))?;
        lock.try_lock().map_err(|refused| Error::io(doing())(refused.into()))?;
        // What we make is ours: its owner is who we are.
        let account = Account::below(lock.metadata().map_err(Error::io(doing()))?.uid())?;
        if let Some(account) = &account {
            chown(raw, Some(account.uid), Some(account.gid)).map_err(Error::io(doing()))?;
        }
        Ok((account, lock))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Best effort: the next start sweeps.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Where to put a cluster, best first: where `TMPDIR` says, else in memory (creating a database is many small files:
/// 20 ms there, up to 400 ms on a disk), else in `/tmp`.
fn bases() -> Vec<PathBuf> {
    let memory = || Some(PathBuf::from(MEMORY)).filter(|shm| has_room(shm));
    let chosen = env::var_os("TMPDIR").filter(|value| !value.is_empty()).map(PathBuf::from).or_else(memory);
    let short = |base: &PathBuf| base.as_os_str().len() <= BASE_LIMIT;
    chosen.filter(short).into_iter().chain([PathBuf::from(DISK)]).collect()
}

/// Whether a gigabyte is free. A container may have little: 64 MB is a common limit, and a cluster alone takes 40.
fn has_room(base: &Path) -> bool {
    let Ok(output) = Command::new("df").arg("-Pk").arg(base).output() else {
        return false;
    };
    let text = String::from_utf8_lossy(&output.stdout);
    let free = text.lines().nth(1).and_then(|line| line.split_whitespace().nth(3)?.parse::<u64>().ok());
    free.is_some_and(|kilobytes| kilobytes >= 1 << 20)
}

/// Removes every folder in `base` whose owner died. Best effort: what cannot be removed is left alone.
pub(super) fn sweep(base: &Path) {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        if entry.file_name().as_bytes().starts_with(PREFIX.as_bytes()) {
            // A failure here belongs to another process's leftovers, and must not stop this one.
            let _ = sweep_one(&entry.path());
        }
    }
}

fn sweep_one(folder: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(folder)?.is_dir() {
        return Ok(());
    }
    let lock = File::open(folder)?;
    if lock.try_lock().is_err() {
        return Ok(());
    }
    let mut command = Command::new("/bin/sh");
    command.args(["-c", SWEEP, "hedgerow-sweep"]).arg(folder);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    act_as_owner(&mut command, &lock.metadata()?);
    command.status()?;
    Ok(())
}

/// Root sweeps with the rights of the folder's owner only: nothing that lies in the folder can reach further. Any other
/// user just tries, with the rights it has.
fn act_as_owner(command: &mut Command, folder: &Metadata) {
    let owner = Account { name: String::new(), uid: folder.uid(), gid: folder.gid() };
    let we_are_root = fs::metadata("/proc/self").is_ok_and(|this| this.uid() == 0);
    if we_are_root {
        owner.run(command);
    }
}

fn next_name() -> String {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    format!("{}-{}", process::id(), COUNTER.fetch_add(1, Ordering::Relaxed))
}

/// A new folder under a name that no sweep looks at.
fn new_folder(base: &Path) -> io::Result<PathBuf> {
    loop {
        let path = base.join(format!("hedgerow-new-{}", next_name()));
        match DirBuilder::new().mode(0o700).create(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| path),
        }
    }
}

/// Moves a locked folder to its final name.
fn publish(base: &Path, raw: &Path) -> io::Result<PathBuf> {
    loop {
        let path = base.join(format!("{PREFIX}{}", next_name()));
        // A rename replaces an empty folder, and only that.
        if fs::symlink_metadata(&path).is_err() {
            return fs::rename(raw, &path).map(|()| path);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_sweep_takes_the_dead_and_leaves_the_living() {
        let base = new_folder(&env::temp_dir()).unwrap();
        // Whoever sweeps for root is another account, and removes entries of this folder.
        fs::set_permissions(&base, std::os::unix::fs::PermissionsExt::from_mode(0o1777)).unwrap();
        let living = Folder::create_in(&base).unwrap().unwrap();
        let dead = Folder::create_in(&base).unwrap().unwrap();
        let data = dead.path.join("data");
        fs::create_dir(&data).unwrap();
        let account = dead.account.as_ref();
        chown(&data, account.map(|account| account.uid), account.map(|account| account.gid)).unwrap();
        fs::write(data.join("postmaster.pid"), format!("{}\n", process::id())).unwrap();
        let (strange, file) = (base.join("other"), base.join(format!("{PREFIX}file")));
        fs::create_dir(&strange).unwrap();
        fs::write(&file, "").unwrap();

        sweep(&base);
        assert!(dead.path.is_dir(), "swept while its owner lives");
        let path = dead.path.clone();
        leave_behind(dead);
        sweep(&base);
        assert!(!path.exists(), "not swept");
        assert!(living.path.is_dir() && strange.is_dir() && file.is_file());

        drop(living);
        fs::remove_dir_all(&base).unwrap();
    }

    /// What the death of an owner does: the lock ends, the folder stays.
    fn leave_behind(folder: Folder) {
        let copy = folder._lock.try_clone().unwrap();
        std::mem::forget(folder);
        copy.unlock().unwrap();
    }
}
