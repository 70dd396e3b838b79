//! The file: opened, read from its beginning, appended to. Several processes may append (the server, a
//! command of the administrator): each takes the file's lock meanwhile.

use super::JournalError;
use super::entry::{Entry, Found, HEAD, MOST, length};
use domain::ids::CiteId;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

const MAGIC: &[u8; 8] = b"ALVJRNL1";
/// Magic, cité, and which file this is: another one after each rewrite.
const BEGINNING: usize = 40;
/// Most times that another program puts a new file into the place of the one just opened.
const MOST_MOVES: u32 = 16;

/// A journal that is open for appending.
#[derive(Debug)]
pub struct Journal {
    pub(super) file: File,
    pub(super) path: PathBuf,
    pub(super) cite: CiteId,
    /// Which file it is.
    pub(super) id: [u8; 16],
}

/// The beginning of a new file.
pub(super) fn begin(cite: CiteId) -> std::io::Result<Vec<u8>> {
    let id: [u8; 16] = crate::random::bytes().map_err(std::io::Error::other)?;
    Ok([&MAGIC[..], cite.as_bytes(), &id].concat())
}

/// Which file stands at a path; none for one without a whole beginning.
fn id_at(path: &Path) -> std::io::Result<Option<[u8; 16]>> {
    let mut beginning = [0; BEGINNING];
    match File::open(path)?.read_exact(&mut beginning) {
        Ok(()) => Ok(beginning.last_chunk().copied()),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// What reading a journal said beside its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read {
    /// Whose it is.
    pub cite: CiteId,
    /// Bytes up to the last whole entry.
    pub whole: u64,
    /// The last entry was cut off while it was written: it was never acknowledged.
    pub torn: bool,
}

/// Reads a journal, one entry at a time.
///
/// # Errors
/// [`JournalError`], or what `each` refuses.
pub fn read<E: From<JournalError>>(path: &Path, each: impl FnMut(Entry) -> Result<(), E>) -> Result<Read, E> {
    let mut file = File::open(path).map_err(JournalError::from)?;
    read_open(&mut file, each)
}

impl Journal {
    /// Opens a journal of a cité, hands its entries on, drops a torn last one; made where it is
    /// missing.
    ///
    /// # Errors
    /// [`JournalError`], or what `each` refuses; nothing is changed then.
    pub fn open<E: From<JournalError>>(
        path: &Path,
        cite: CiteId,
        each: impl FnMut(Entry) -> Result<(), E>,
    ) -> Result<Self, E> {
        let journal = |error| E::from(JournalError::File(error));
        let (mut file, mut id) = Self::at(path)?;
        for _ in 0..MOST_MOVES {
            file.lock().map_err(journal)?;
            if id_at(path).map_err(journal)? == id {
                break;
            }
            // Replaced while its lock was waited for.
            (file, id) = Self::at(path)?;
        }
        let id = match id {
            Some(id) => id,
            None => {
                // New, or cut off before its first entry.
                let beginning = begin(cite).map_err(journal)?;
                file.set_len(0).map_err(journal)?;
                file.write_all(&beginning).map_err(journal)?;
                file.sync_all().map_err(journal)?;
                *beginning.last_chunk().ok_or_else(|| E::from(JournalError::NotOurs))?
            }
        };
        let found = read_open(&mut file, each)?;
        if found.cite != cite {
            return Err(JournalError::OtherCite.into());
        }
        if found.torn {
            file.set_len(found.whole).map_err(journal)?;
            file.sync_all().map_err(journal)?;
        }
        file.unlock().map_err(journal)?;
        Ok(Self { file, path: path.to_path_buf(), cite, id })
    }

    /// Opens what stands at a path, for appending; which file it is.
    pub(super) fn at(path: &Path) -> Result<(File, Option<[u8; 16]>), JournalError> {
        let file = crate::private::options().read(true).append(true).create(true).open(path)?;
        let id = id_at(path)?;
        Ok((file, id))
    }

    /// Takes the lock of the journal as it stands now: another program may have written it anew.
    pub(super) fn lock(&mut self) -> Result<(), JournalError> {
        for _ in 0..MOST_MOVES {
            self.file.lock()?;
            let now = id_at(&self.path)?;
            if now == Some(self.id) {
                return Ok(());
            }
            self.file.unlock()?;
            let (file, id) = Self::at(&self.path)?;
            (self.file, self.id) = (file, id.ok_or(JournalError::NotOurs)?);
        }
        Err(JournalError::NotOurs)
    }

    /// Appends entries; on the disk once it returns.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn append(&mut self, entries: &[Entry]) -> Result<(), JournalError> {
        let bytes: Vec<u8> = entries.iter().flat_map(Entry::bytes).collect();
        self.lock()?;
        let before = self.file.metadata()?.len();
        let written = self.file.write_all(&bytes).and_then(|()| self.file.sync_data());
        if written.is_err() {
            // What was written of it must not stand before the next entry.
            self.file.set_len(before)?;
        }
        self.file.unlock()?;
        Ok(written?)
    }
}

pub(super) fn read_open<E: From<JournalError>>(
    file: &mut File,
    mut each: impl FnMut(Entry) -> Result<(), E>,
) -> Result<Read, E> {
    let file_error = |error| E::from(JournalError::File(error));
    file.seek(SeekFrom::Start(0)).map_err(file_error)?;
    let mut beginning = [0; BEGINNING];
    let mut reader = std::io::BufReader::new(&mut *file);
    reader.read_exact(&mut beginning).map_err(|_| E::from(JournalError::NotOurs))?;
    let (magic, rest) = beginning.split_at(MAGIC.len());
    let Some(cite) = rest.first_chunk::<16>().copied().filter(|_| magic == MAGIC) else {
        return Err(JournalError::NotOurs.into());
    };
    let mut whole = BEGINNING as u64;
    // Never more than one entry and a piece of the next is held.
    let mut held = Vec::new();
    loop {
        let wanted = length(&held).map_or(HEAD, |length| HEAD + length);
        if held.len() < wanted {
            let missing = (wanted - held.len()) as u64;
            let got = reader.by_ref().take(missing).read_to_end(&mut held).map_err(file_error)?;
            if got > 0 {
                continue;
            }
            if held.is_empty() {
                return Ok(Read { cite: CiteId::from_bytes(cite), whole, torn: false });
            }
        }
        match Entry::read(&held) {
            Found::Whole(entry, bytes) => {
                each(entry)?;
                whole += bytes as u64;
                held.clear();
            }
            Found::Later => return Err(JournalError::TooNew.into()),
            Found::Broken => {
                reader.take((HEAD + MOST) as u64 + 1).read_to_end(&mut held).map_err(file_error)?;
                if is_torn(&held) {
                    return Ok(Read { cite: CiteId::from_bytes(cite), whole, torn: true });
                }
                return Err(JournalError::Damaged(whole).into());
            }
        }
    }
}

/// Whether a tail that does not read may be one entry that was cut off: shorter than the longest, and
/// no whole entry in it.
fn is_torn(tail: &[u8]) -> bool {
    tail.len() <= HEAD + MOST && (1..tail.len()).all(|from| Entry::read(&tail[from..]) == Found::Broken)
}

#[cfg(test)]
mod tests {
    use super::super::What;
    use super::*;

    const CITE: CiteId = CiteId::from_bytes([7; 16]);

    fn entry(n: u8) -> Entry {
        Entry {
            what: if n.is_multiple_of(2) { What::Control } else { What::Token },
            body: vec![n; 40 + n as usize],
        }
    }

    fn entries(path: &Path) -> Result<(Vec<Entry>, bool), JournalError> {
        let mut all = Vec::new();
        let found = read(path, |entry| {
            all.push(entry);
            Ok::<_, JournalError>(())
        })?;
        Ok((all, found.torn))
    }

    fn written(path: &Path, count: u8) -> Vec<u8> {
        let mut journal = Journal::open(path, CITE, |_| Ok::<_, JournalError>(())).unwrap();
        (0..count).for_each(|n| journal.append(&[entry(n)]).unwrap());
        std::fs::read(path).unwrap()
    }

    #[test]
    fn a_journal_cut_at_any_byte_keeps_every_whole_entry_and_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("control.journal");
        let all = written(&path, 4);
        for cut in BEGINNING..all.len() {
            std::fs::write(&path, &all[..cut]).unwrap();
            let (kept, torn) = entries(&path).unwrap();
            let ends: Vec<usize> = (0..=4_u8)
                .map(|n| BEGINNING + (0..n).map(|n| entry(n).bytes().len()).sum::<usize>())
                .collect();
            let whole = ends.iter().filter(|end| **end <= cut).count() - 1;
            assert_eq!((kept.len(), torn), (whole, !ends.contains(&cut)), "cut at {cut}");
            let mut journal = Journal::open(&path, CITE, |_| Ok::<_, JournalError>(())).unwrap();
            journal.append(&[entry(9)]).unwrap();
            let (kept, torn) = entries(&path).unwrap();
            assert_eq!((kept.len(), kept.last(), torn), (whole + 1, Some(&entry(9)), false));
        }
    }

    #[test]
    fn a_byte_changed_before_the_last_entry_is_damage_and_not_a_cut() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("control.journal");
        let all = written(&path, 3);
        let last = all.len() - entry(2).bytes().len();
        for at in BEGINNING..last {
            let mut wrong = all.clone();
            wrong[at] ^= 0x10;
            std::fs::write(&path, &wrong).unwrap();
            assert!(matches!(entries(&path), Err(JournalError::Damaged(_))), "at {at}");
        }
    }

    #[test]
    fn another_cites_journal_another_file_and_a_later_version_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("control.journal");
        let all = written(&path, 1);
        let other = CiteId::from_bytes([8; 16]);
        let refused = Journal::open(&path, other, |_| Ok::<_, JournalError>(()));
        assert!(matches!(refused, Err(JournalError::OtherCite)));
        std::fs::write(&path, b"a letter to the mayor, long enough to be a journal").unwrap();
        assert!(matches!(entries(&path), Err(JournalError::NotOurs)));
        let mut later = all;
        let mut bytes = entry(0).bytes();
        bytes[HEAD] = 99;
        let checksum: Vec<u8> = {
            use sha2::{Digest as _, Sha256};
            Sha256::digest(&bytes[HEAD..])[..8].to_vec()
        };
        bytes[8..HEAD].copy_from_slice(&checksum);
        later.extend(bytes);
        std::fs::write(&path, later).unwrap();
        assert!(matches!(entries(&path), Err(JournalError::TooNew)));
    }
}
