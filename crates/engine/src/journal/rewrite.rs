//! The journal written anew without what must no longer be in it: a whole new file beside the old one,
//! then in its place. Cut at any moment, the old file stands or the new one does.

use super::JournalError;
use super::entry::Entry;
use super::file::{Journal, begin, read_open};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// Bytes written over the old file at a time.
const BLANK: usize = 64 * 1024;

impl Journal {
    /// Writes the journal anew with the entries that `keep` says, where that leaves any out; returns how
    /// many it left out. What the old file held is overwritten.
    ///
    /// # Errors
    /// [`JournalError`], or what `keep` refuses; the journal is as it was then.
    pub fn rewrite<E: From<JournalError>>(
        &mut self,
        keep: impl FnMut(&Entry) -> Result<bool, E>,
    ) -> Result<u32, E> {
        self.lock()?;
        let done = self.rewrite_locked(keep);
        // After a rewrite this is the new file, which nobody has locked.
        let _ = self.file.unlock();
        done
    }

    fn rewrite_locked<E: From<JournalError>>(
        &mut self,
        mut keep: impl FnMut(&Entry) -> Result<bool, E>,
    ) -> Result<u32, E> {
        let failed = |error| E::from(JournalError::File(error));
        let beside = beside(&self.path);
        let mut whole = crate::private::options();
        let new = whole.write(true).create(true).truncate(true).open(&beside);
        let mut new = BufWriter::new(new.map_err(failed)?);
        new.write_all(&begin(self.cite).map_err(failed)?).map_err(failed)?;
        let mut left_out = 0;
        read_open(&mut self.file, |entry| {
            match keep(&entry)? {
                true => new.write_all(&entry.bytes()).map_err(failed)?,
                false => left_out += 1,
            }
            Ok::<_, E>(())
        })?;
        let new = new.into_inner().map_err(|error| failed(error.into_error()))?;
        if left_out == 0 {
            std::fs::remove_file(&beside).map_err(failed)?;
            return Ok(0);
        }
        new.set_permissions(self.file.metadata().map_err(failed)?.permissions()).map_err(failed)?;
        new.sync_all().map_err(failed)?;
        // Opened before it loses its name: what is appended to has no place to overwrite from.
        let old = OpenOptions::new().write(true).open(&self.path).map_err(failed)?;
        std::fs::rename(&beside, &self.path).map_err(failed)?;
        sync_folder(&self.path).map_err(failed)?;
        let (file, id) = Self::at(&self.path)?;
        let replaced = std::mem::replace(&mut self.file, file);
        self.id = id.ok_or_else(|| E::from(JournalError::NotOurs))?;
        // Whoever waits for the old file finds that it is no longer the journal, and looks again.
        let blanked = blank(old);
        replaced.unlock().map_err(failed)?;
        blanked.map_err(failed)?;
        Ok(left_out)
    }
}

/// Where the new file is written.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

/// The name of a file is on the disk once its folder is.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) => {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            File::open(folder)?.sync_all()
        }
        _ => Ok(()),
    }
}

/// Overwrites a file and empties it.
fn blank(mut file: File) -> std::io::Result<()> {
    let mut left = file.metadata()?.len();
    file.seek(SeekFrom::Start(0))?;
    let zeros = vec![0; BLANK];
    while left > 0 {
        let now = left.min(BLANK as u64);
        file.write_all(&zeros[..now as usize])?;
        left -= now;
    }
    file.sync_data()?;
    file.set_len(0)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::super::What;
    use super::super::file::read;
    use super::*;
    use domain::ids::CiteId;

    const CITE: CiteId = CiteId::from_bytes([7; 16]);

    fn entry(n: u8) -> Entry {
        Entry { what: What::Control, body: vec![n; 40 + n as usize] }
    }

    fn open(path: &Path) -> Journal {
        Journal::open(path, CITE, |_| Ok::<_, JournalError>(())).unwrap()
    }

    fn numbers(path: &Path) -> Vec<u8> {
        let mut all = Vec::new();
        read(path, |entry| {
            all.push(entry.body[0]);
            Ok::<_, JournalError>(())
        })
        .unwrap();
        all
    }

    fn without(journal: &mut Journal, n: u8) -> u32 {
        journal.rewrite(|entry| Ok::<_, JournalError>(entry.body[0] != n)).unwrap()
    }

    #[test]
    fn what_is_left_out_is_gone_from_the_file_and_the_rest_stands_in_its_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("control.journal");
        let mut journal = open(&path);
        (0..5).for_each(|n| journal.append(&[entry(n)]).unwrap());
        assert_eq!(without(&mut journal, 9), 0, "nothing to leave out: nothing is written");
        assert_eq!(without(&mut journal, 2), 1);
        assert_eq!(numbers(&path), [0, 1, 3, 4]);
        journal.append(&[entry(6)]).unwrap();
        assert_eq!(numbers(&path), [0, 1, 3, 4, 6]);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing beside it");
    }

    #[test]
    fn another_program_that_has_the_journal_open_goes_on_in_the_new_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("control.journal");
        let (mut server, mut command) = (open(&path), open(&path));
        (0..3).for_each(|n| server.append(&[entry(n)]).unwrap());
        assert_eq!(without(&mut server, 1), 1);
        command.append(&[entry(7)]).unwrap();
        server.append(&[entry(8)]).unwrap();
        assert_eq!(numbers(&path), [0, 2, 7, 8]);
        assert_eq!(without(&mut command, 7), 1);
        server.append(&[entry(9)]).unwrap();
        assert_eq!(numbers(&path), [0, 2, 8, 9]);
    }

    #[test]
    fn a_rewrite_cut_off_at_any_byte_leaves_the_old_journal_and_the_next_one_ends_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("control.journal");
        let mut journal = open(&path);
        (0..3).for_each(|n| journal.append(&[entry(n)]).unwrap());
        drop(journal);
        let whole = std::fs::read(&path).unwrap();
        for cut in 0..whole.len() {
            std::fs::write(&path, &whole).unwrap();
            std::fs::write(beside(&path), &whole[..cut]).unwrap();
            let mut journal = open(&path);
            assert_eq!(numbers(&path), [0, 1, 2], "cut at {cut}");
            journal.append(&[entry(5)]).unwrap();
            assert_eq!(without(&mut journal, 1), 1);
            assert_eq!(numbers(&path), [0, 2, 5], "cut at {cut}");
            assert!(!beside(&path).exists());
        }
    }
}
