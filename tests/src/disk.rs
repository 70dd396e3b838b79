//! The disk of a device, as whoever holds it *and* its key reads it: every page of the store, pages that
//! are free again included, and of the write-ahead log. SQLCipher 4: AES-256-CBC, the initial value and
//! a checksum at the end of each page.

use crate::PASSPHRASE;
use aes::Aes256;
use aes::cipher::{BlockCipherDecrypt as _, KeyInit as _};
use domain::ids::{PathwayId, UserId};
use engine::keys::Keyring;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;

const PAGE: usize = 4096;
/// Initial value (16) and checksum (64) at the end of each page.
const RESERVED: usize = 80;
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
const FRAME_HEAD: usize = 24;
const LOG_HEAD: usize = 32;

/// A disk.
pub struct Disk {
    /// Pages of the store file.
    pub pages: Vec<u8>,
    /// Pages of the write-ahead log: number, page, and whether it counts since the log was last emptied.
    log: Vec<(u32, Vec<u8>, bool)>,
    /// Every other file of the folder, as it is.
    pub others: Vec<u8>,
}

impl std::fmt::Debug for Disk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Disk")
    }
}

/// The store of a device that is switched off, opened past the engine with a user's passphrase: whoever holds
/// both may write in it what they like.
#[allow(clippy::disallowed_methods, reason = "a hand on the disk asks nobody for the door")]
pub fn by_hand(folder: &Path, user: UserId) -> Connection {
    let keys = Keyring::read(&folder.join("keys.json")).unwrap();
    let key = keys.unlock(user, &PASSPHRASE.into()).unwrap().store_key();
    let hex: String = key.expose().iter().map(|byte| format!("{byte:02x}")).collect();
    let store = Connection::open(folder.join("store.db")).unwrap();
    store.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"")).unwrap();
    store
}

impl Disk {
    /// The disk of a device's folder, opened with a user's passphrase.
    pub fn of_device(folder: &Path, user: UserId) -> Self {
        let secrets =
            Keyring::read(&folder.join("keys.json")).unwrap().unlock(user, &PASSPHRASE.into()).unwrap();
        let key = secrets.store_key();
        let cipher = Aes256::new_from_slice(key.expose()).unwrap();
        Self::read(folder, "store.db", |number, page| {
            let plain = decrypt(&cipher, number, page);
            if number == 1 { [MAGIC, &plain[16..]].concat() } else { plain }
        })
    }

    /// The disk of a server's folder, whose store is not encrypted.
    pub fn of_server(folder: &Path) -> Self {
        Self::read(folder, "server.db", |_, page| page.to_vec())
    }

    fn read(folder: &Path, store: &str, open: impl Fn(u32, &[u8]) -> Vec<u8>) -> Self {
        let file = std::fs::read(folder.join(store)).unwrap();
        let pages = (1..).zip(file.chunks_exact(PAGE)).flat_map(|(n, page)| open(n, page)).collect();
        let wal = std::fs::read(folder.join(format!("{store}-wal"))).unwrap_or_default();
        let frames = wal.get(LOG_HEAD..).unwrap_or_default().chunks_exact(FRAME_HEAD + PAGE);
        let log = frames.map(|frame| {
            let number = u32::from_be_bytes(frame[..4].try_into().unwrap());
            (number, open(number, &frame[FRAME_HEAD..]), frame[8..16] == wal[16..24])
        });
        let log = log.collect();
        let mut others = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
            if entry.file_type().unwrap().is_file() && !entry.file_name().to_string_lossy().starts_with(store)
            {
                others.extend(std::fs::read(entry.path()).unwrap());
            }
        }
        Self { pages, log, others }
    }

    /// Whether bytes stand anywhere on it.
    pub fn holds(&self, needle: &[u8]) -> bool {
        let find = |hay: &[u8]| hay.windows(needle.len()).any(|it| it == needle);
        find(&self.pages) || self.log.iter().any(|(_, page, _)| find(page)) || find(&self.others)
    }

    /// How many pages the write-ahead log holds.
    pub fn logged(&self) -> usize {
        self.log.len()
    }

    /// Pieces of everything the store keeps about a person: what must be found nowhere afterwards. Each
    /// with the table it stands in.
    pub fn pieces_about(&self, pathway: PathwayId, kind: Option<&str>) -> Vec<(String, Vec<u8>)> {
        let store = self.open();
        let mut pieces = Vec::new();
        let tables = [
            ("sealed_change", "envelope"),
            ("wrap", "sealed"),
            ("part_view", "sealed"),
            ("part_key", "sealed"),
            ("change", "bytes"),
            ("projection", "content"),
        ];
        let mut keep = |table: &str, bytes: Vec<u8>| {
            // The middle of it: what stands round is alike in many.
            let from = (bytes.len() / 2).saturating_sub(16);
            pieces.push((table.to_owned(), bytes[from..bytes.len().min(from + 32)].to_vec()));
        };
        for (table, column) in tables {
            let sql = format!(
                "SELECT CAST({column} AS BLOB) FROM {table} WHERE doc = ?1 AND (?2 IS NULL OR kind = ?2)"
            );
            let mut statement = store.prepare(&sql).unwrap();
            let rows = statement.query_map((pathway.as_bytes(), kind), |row| row.get(0)).unwrap();
            rows.for_each(|bytes| keep(table, bytes.unwrap()));
        }
        for (outbox, of) in [("outbox", "change"), ("sealed_outbox", "sealed_change")] {
            let sql = format!(
                "SELECT CAST(edits AS BLOB) FROM {outbox} JOIN {of} USING (position)
                 WHERE doc = ?1 AND (?2 IS NULL OR kind = ?2)"
            );
            let mut statement = store.prepare(&sql).unwrap();
            let rows = statement.query_map((pathway.as_bytes(), kind), |row| row.get(0)).unwrap();
            rows.for_each(|bytes| keep(outbox, bytes.unwrap()));
        }
        if kind.is_none() {
            let mut statement = store.prepare("SELECT sealed FROM draft WHERE pathway = ?1").unwrap();
            let rows = statement.query_map([pathway.as_bytes()], |row| row.get(0)).unwrap();
            rows.for_each(|bytes| keep("draft", bytes.unwrap()));
        }
        pieces
    }

    /// The store as it is now, with what its log adds.
    #[allow(clippy::disallowed_methods, reason = "a copy of pages in a test, not a store")]
    fn open(&self) -> Connection {
        let mut all: BTreeMap<u32, &[u8]> = (1..).zip(self.pages.chunks_exact(PAGE)).collect();
        for (number, page, _) in self.log.iter().filter(|it| it.2) {
            all.insert(*number, page);
        }
        let mut file: Vec<u8> = all.values().copied().collect::<Vec<_>>().concat();
        // Read by itself, without a log beside it.
        file[18..20].copy_from_slice(&[1, 1]);
        let path = tempfile::NamedTempFile::new().unwrap().into_temp_path();
        std::fs::write(&path, file).unwrap();
        let store = Connection::open(&path).unwrap();
        let whole: String = store.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(whole, "ok", "the pages were read as they are");
        // The connection holds the file; its name may go.
        store
    }
}

fn decrypt(cipher: &Aes256, number: u32, page: &[u8]) -> Vec<u8> {
    let from = if number == 1 { 16 } else { 0 };
    let end = PAGE - RESERVED;
    let mut plain = page.to_vec();
    let mut before: [u8; 16] = page[end..end + 16].try_into().unwrap();
    for at in (from..end).step_by(16) {
        let block: [u8; 16] = page[at..at + 16].try_into().unwrap();
        let mut opened = block.into();
        cipher.decrypt_block(&mut opened);
        for (n, byte) in opened.iter().enumerate() {
            plain[at + n] = byte ^ before[n];
        }
        before = block;
    }
    plain
}
