//! Restoring a server from a backup: what the journal knows and the backup does not is applied, the
//! server's epoch changes, and what must not come back to life is voided.
//!
//! It does not bring back documents: devices offer again what they hold, once they see the new epoch.

use crate::clock::{SystemClock, civil};
use crate::enrol::epoch;
use crate::erasure::{parts, server};
use crate::error::EngineError;
use crate::journal::{self, Entry, JournalError, What};
use crate::store::{Store, account, asset, control, device, erased, invitation, log, meta};
use document::control::{Chain, ErasureBody, LedgerEntry, Record, RecordKind};
use domain::cite::CiteSettings;
use domain::ids::DeviceId;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::path::Path;

/// Name under which a copy says that it is a backup and not to be served.
pub(crate) const BACKUP: &str = "backup";

/// What restoring did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Restored {
    /// Control records of the journal that the backup lacked, applied now.
    pub applied: u32,
    /// Control records that the backup held already.
    pub known: u32,
    /// Records set aside: their signature does not hold.
    pub refused: u32,
    /// Tokens of devices that had joined since the backup.
    pub tokens: u32,
    /// Invitations that are void now.
    pub invitations: u32,
    /// Sign-ins of browsers that are over now.
    pub sessions: u32,
    /// The journal's last entry was cut off and left out; it had been acknowledged to nobody.
    pub torn: bool,
}

impl Store {
    /// Writes a whole copy of the store into a new file, marked so that it is not served by mistake.
    ///
    /// # Errors
    /// What SQLite refuses; a file that is there already is not touched.
    pub fn back_up(&self, path: &Path) -> Result<(), EngineError> {
        self.copy_into(path)?;
        Store::open_plain(path)?.put_meta(BACKUP, &true)?;
        Ok(std::fs::File::open(path)?.sync_all()?)
    }

    /// Whether this is a backup, not to be served.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn is_backup(&self) -> Result<bool, EngineError> {
        Ok(self.meta(BACKUP)?.unwrap_or_default())
    }

    /// Makes a copied backup a store that may be served: applies a journal where there is one.
    ///
    /// # Errors
    /// [`JournalError`] for a journal that cannot be used; nothing is changed then.
    pub fn restore(&mut self, journal: Option<&Path>) -> Result<Restored, EngineError> {
        let cite = self.chain()?.cite();
        let mut entries = Vec::new();
        let mut restored = Restored::default();
        if let Some(path) = journal {
            let read = journal::read(path, |entry| {
                entries.push(entry);
                Ok::<_, EngineError>(())
            })?;
            if read.cite != cite {
                return Err(JournalError::OtherCite.into());
            }
            restored.torn = read.torn;
        }
        let fresh = epoch()?;
        self.transact(|connection| {
            apply(connection, &entries, &mut restored)?;
            restored.invitations = invitation::void_all(connection)?;
            restored.sessions = account::end_all(connection)?;
            meta::put(connection, crate::sync::EPOCH, &fresh)?;
            meta::put(connection, BACKUP, &false)?;
            let chain = Chain::read(&control::list(connection, RecordKind::Membership)?)?;
            let active = chain.members().filter(|(_, it)| !it.revoked).map(|(_, it)| it.device);
            device::begin_regaining(connection, active, civil(&SystemClock).0)?;
            crate::sync::admit(connection, &chain)
        })?;
        Ok(restored)
    }
}

/// Applies entries: membership first, every other record once all signers are known, then tokens.
fn apply(connection: &Connection, entries: &[Entry], restored: &mut Restored) -> Result<(), EngineError> {
    let mut chain = Chain::read(&control::list(connection, RecordKind::Membership)?)?;
    let settings: CiteSettings = asset::read(connection, asset::SETTINGS)?.unwrap_or_default();
    let today = civil(&SystemClock).0;
    let mut others = Vec::new();
    for entry in entries.iter().filter(|entry| entry.what == What::Control) {
        let record: Record = minicbor::decode(&entry.body).map_err(|_| JournalError::TooNew)?;
        if control::has(connection, &record.id())? {
            restored.known += 1;
        } else if record.kind == RecordKind::Membership {
            chain.add(&record).map_err(|_| JournalError::Forked)?;
            keep(connection, &record, restored)?;
        } else {
            others.push(record);
        }
    }
    // Erasures last: what was signed before them about the same person goes with the rest.
    others.sort_by_key(|record| record.kind == RecordKind::Erasure);
    let mut people = BTreeSet::new();
    for record in &others {
        if record.kind == RecordKind::Erasure {
            match ErasureBody::read(record, &chain) {
                Ok(body) => {
                    server::carry_out(connection, &chain, record, &body)?;
                    restored.applied += 1;
                }
                Err(_) => restored.refused += 1,
            }
            continue;
        }
        // Whoever was revoked since had the right when they signed.
        let holds = chain.member(&record.signer).is_some_and(|member| record.verify(&member.sign).is_ok());
        if !holds {
            restored.refused += 1;
            continue;
        }
        if record.kind == RecordKind::Ledger {
            let pathway = record.read::<LedgerEntry>()?.pathway();
            if erased::is(connection, pathway)? {
                restored.known += 1;
                continue;
            }
            people.insert(pathway);
            parts::note(connection, record, today)?;
        }
        keep(connection, record, restored)?;
    }
    // What was over when the backup was put back is over again.
    for pathway in people {
        parts::settle(connection, &chain, &settings, pathway, today)?;
    }
    for record in others.iter().filter(|record| record.kind == RecordKind::Receipt) {
        if control::has(connection, &record.id())? {
            crate::sync::confirm(connection, &record.read()?, None)?;
        }
    }
    for entry in entries.iter().filter(|entry| entry.what == What::Token) {
        let (Some(hash), Some(id)) = (entry.body.first_chunk::<32>(), entry.body.last_chunk::<16>()) else {
            return Err(JournalError::NotOurs.into());
        };
        let id = DeviceId::from_bytes(*id);
        let active = chain.members().any(|(_, member)| member.device == id && !member.revoked);
        if !active {
            device::forget_tokens(connection, id)?;
        } else if device::of_token(connection, *hash)?.is_none() {
            device::keep_token(connection, *hash, id)?;
            restored.tokens += 1;
        }
    }
    Ok(())
}

fn keep(connection: &Connection, record: &Record, restored: &mut Restored) -> Result<(), EngineError> {
    if let Some(position) = control::keep(connection, record)? {
        // A receipt is for the cité to read; devices have no use for it.
        if record.kind != RecordKind::Receipt {
            log::append(connection, log::What::Control, Some(position), None, None)?;
        }
        restored.applied += 1;
    }
    Ok(())
}
