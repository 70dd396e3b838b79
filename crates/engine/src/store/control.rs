//! Control records.

use super::digest::{self, Counted};
use super::sealed::partner;
use super::{Store, link, receipt};
use crate::error::EngineError;
use document::DocumentKey;
use document::control::{Chain, ErasureBody, EscrowBody, LedgerEntry, Record, RecordKind, TellBody};
use domain::api::ledger::PartnerId;
use domain::ids::PathwayId;
use domain::ledger::{Entry, Ledger};
use rusqlite::{Connection, OptionalExtension as _};
use sha2::{Digest as _, Sha256};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// Keeps a record that the cité has; returns its position, or none where it is here already. Where it was
/// made here, that is its acknowledgement, whose answer was lost.
pub(crate) fn keep(connection: &Connection, record: &Record) -> Result<Option<i64>, EngineError> {
    let kept = insert(connection, record)?;
    let here = kept.map_or_else(|| position(connection, &record.id()), |it| Ok(Some(it)))?;
    if let Some(position) = here {
        acknowledge(connection, position)?;
    }
    Ok(kept)
}

fn insert(connection: &Connection, record: &Record) -> Result<Option<i64>, EngineError> {
    let bytes = minicbor::to_vec(record).expect("encoding into memory does not fail");
    let subject = match record.kind {
        RecordKind::Ledger => Some(*record.read::<LedgerEntry>()?.pathway().as_bytes()),
        RecordKind::Erasure => Some(*record.read::<ErasureBody>()?.pathway().as_bytes()),
        RecordKind::Escrow => Some(*record.read::<EscrowBody>()?.device().as_bytes()),
        RecordKind::Membership
        | RecordKind::Epoch
        | RecordKind::Receipt
        | RecordKind::Tell
        | RecordKind::Request => None,
    };
    let kept = connection
        .prepare_cached("INSERT OR IGNORE INTO control (id, kind, subject, bytes) VALUES (?1, ?2, ?3, ?4)")?
        .execute((record.id(), record.kind as i64, subject, bytes))?;
    if kept == 0 {
        return Ok(None);
    }
    let position = connection.last_insert_rowid();
    match record.kind {
        RecordKind::Ledger => receipt::put(connection, &record.read()?)?,
        RecordKind::Tell => {
            if let Ok(body) = record.read::<TellBody>()
                && let Ok(PartnerId::Protected(mark)) = body.partner()
            {
                partner::told(connection, &body.cause(), mark)?;
            }
        }
        _ => {}
    }
    Ok(Some(position))
}

/// Whether a record is here.
pub(crate) fn has(connection: &Connection, id: &[u8; 32]) -> Result<bool, EngineError> {
    Ok(connection.prepare_cached("SELECT 1 FROM control WHERE id = ?1")?.exists([id])?)
}

/// Keeps a record made here, to be sent.
pub(crate) fn enqueue(connection: &Connection, record: &Record) -> Result<(), EngineError> {
    if let Some(position) = insert(connection, record)? {
        connection
            .prepare_cached("INSERT INTO control_outbox (position) VALUES (?1)")?
            .execute([position])?;
    }
    Ok(())
}

/// Puts a record that is kept already on, to be sent.
pub(crate) fn offer(connection: &Connection, id: &[u8; 32]) -> Result<(), EngineError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO control_outbox (position) SELECT position FROM control WHERE id = ?1",
        )?
        .execute([id])?;
    Ok(())
}

/// Puts the membership records from a position of the chain on again, to be sent.
pub(crate) fn offer_membership(connection: &Connection, from: u32) -> Result<(), EngineError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO control_outbox (position)
             SELECT position FROM control WHERE kind = ?1 ORDER BY position LIMIT -1 OFFSET ?2",
        )?
        .execute((RecordKind::Membership as i64, from))?;
    Ok(())
}

/// Puts every record but membership on again, to be sent before everything else: a restored server may
/// lack any of them. (Membership follows from the comparison of the chains.)
pub(crate) fn offer_all(connection: &Connection) -> Result<(), EngineError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO control_outbox (position) SELECT position FROM control WHERE kind <> ?1",
        )?
        .execute([RecordKind::Membership as i64])?;
    Ok(())
}

/// Puts a person's ledger on again, to be sent before what relies on it.
pub(crate) fn offer_about(connection: &Connection, pathway: PathwayId) -> Result<(), EngineError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO control_outbox (position) SELECT position FROM control WHERE subject = ?1",
        )?
        .execute([pathway.as_bytes()])?;
    Ok(())
}

/// Positions of the records that a key of generation 0 stands for: see `store::digest`.
pub(crate) fn positions(connection: &Connection, of: DocumentKey) -> Result<Vec<i64>, EngineError> {
    let Some((kind, subject)) = digest::records_of(of) else { return Ok(Vec::new()) };
    let mut statement = connection
        .prepare_cached("SELECT position FROM control WHERE kind = ?1 AND subject IS ?2 ORDER BY position")?;
    let rows = statement.query_map((kind as i64, subject), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts the records that a key of generation 0 stands for on again, to be sent.
pub(crate) fn offer_of(connection: &Connection, of: DocumentKey) -> Result<(), EngineError> {
    for position in positions(connection, of)? {
        connection
            .prepare_cached("INSERT OR IGNORE INTO control_outbox (position) VALUES (?1)")?
            .execute([position])?;
    }
    Ok(())
}

/// Drops the escrows of a device that are no longer for this one to hold.
pub(crate) fn drop_escrows(connection: &Connection, of: DocumentKey) -> Result<(), EngineError> {
    let Some((RecordKind::Escrow, subject)) = digest::records_of(of) else { return Ok(()) };
    for position in positions(connection, of)? {
        withdraw(connection, position)?;
    }
    connection
        .prepare_cached("DELETE FROM control WHERE kind = ?1 AND subject IS ?2")?
        .execute((RecordKind::Escrow as i64, subject))?;
    digest::forget(connection, of)
}

/// Records of a kind, in the order in which they were kept.
pub(crate) fn list(connection: &Connection, kind: RecordKind) -> Result<Vec<Record>, EngineError> {
    let mut statement =
        connection.prepare_cached("SELECT bytes FROM control WHERE kind = ?1 ORDER BY position")?;
    let rows =
        statement.query_map([kind as i64], |row| row.get::<_, Vec<u8>>(0))?.collect::<Result<Vec<_>, _>>()?;
    rows.iter().map(|bytes| minicbor::decode(bytes).map_err(|_| EngineError::Damaged)).collect()
}

/// Chains verified by this program, by a digest of every byte of their records.
type Verified = VecDeque<([u8; 32], Chain)>;
/// Most of them: a program works on one cité, tests on several.
const MOST_VERIFIED: usize = 8;

/// The membership chain, verified from its founding. The very bytes that this program has verified before are
/// not verified again: it is read for each exchange, and for each frame of one.
pub(crate) fn chain(connection: &Connection) -> Result<Chain, EngineError> {
    static VERIFIED: Mutex<Verified> = Mutex::new(VecDeque::new());
    let mut statement =
        connection.prepare_cached("SELECT bytes FROM control WHERE kind = ?1 ORDER BY position")?;
    let rows = statement
        .query_map([RecordKind::Membership as i64], |row| row.get::<_, Vec<u8>>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut digest = Sha256::new();
    for bytes in &rows {
        digest.update((bytes.len() as u64).to_be_bytes());
        digest.update(bytes);
    }
    let digest: [u8; 32] = digest.finalize().into();
    let verified = || VERIFIED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, chain)) = verified().iter().find(|(known, _)| *known == digest) {
        return Ok(chain.clone());
    }
    let read = |bytes: &Vec<u8>| minicbor::decode(bytes).map_err(|_| EngineError::Damaged);
    let chain = Chain::read(&rows.iter().map(read).collect::<Result<Vec<Record>, _>>()?)?;
    let mut verified = verified();
    verified.truncate(MOST_VERIFIED - 1);
    verified.push_front((digest, chain.clone()));
    Ok(chain)
}

/// A record by its position.
pub(crate) fn at(connection: &Connection, position: i64) -> Result<Option<Vec<u8>>, EngineError> {
    let mut statement = connection.prepare_cached("SELECT bytes FROM control WHERE position = ?1")?;
    Ok(statement.query_row([position], |row| row.get(0)).optional()?)
}

/// Everybody of whom a ledger is here.
pub(crate) fn subjects(connection: &Connection) -> Result<Vec<PathwayId>, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT DISTINCT subject FROM control WHERE kind = ?1 AND subject IS NOT NULL")?;
    let rows =
        statement.query_map([RecordKind::Ledger as i64], |row| Ok(PathwayId::from_bytes(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// In whose ledger a record stands; none for one of another kind, or that is not here.
pub(crate) fn whose(connection: &Connection, id: &[u8; 32]) -> Result<Option<PathwayId>, EngineError> {
    let mut statement =
        connection.prepare_cached("SELECT subject FROM control WHERE id = ?1 AND kind = ?2")?;
    let whose = statement
        .query_row((id, RecordKind::Ledger as i64), |row| Ok(PathwayId::from_bytes(row.get(0)?)))
        .optional()?;
    Ok(whose)
}

/// A record by its name.
pub(crate) fn get(connection: &Connection, id: &[u8; 32]) -> Result<Option<Record>, EngineError> {
    let mut statement = connection.prepare_cached("SELECT bytes FROM control WHERE id = ?1")?;
    let bytes: Option<Vec<u8>> = statement.query_row([id], |row| row.get(0)).optional()?;
    bytes.map(|bytes| minicbor::decode(&bytes).map_err(|_| EngineError::Damaged)).transpose()
}

/// Position of a record that is here.
pub(crate) fn position(connection: &Connection, id: &[u8; 32]) -> Result<Option<i64>, EngineError> {
    let mut statement = connection.prepare_cached("SELECT position FROM control WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?)
}

/// Records made here that wait to be acknowledged, oldest first, at most so many.
pub(crate) fn waiting(connection: &Connection, most: u32) -> Result<Vec<(i64, Vec<u8>)>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT position, bytes FROM control_outbox JOIN control USING (position) ORDER BY position LIMIT ?1",
    )?;
    let rows = statement.query_map([most], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many entries of ledgers wait.
pub(crate) fn unsent_acts(connection: &Connection) -> Result<u32, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM control_outbox JOIN control USING (position) WHERE kind = ?1",
    )?;
    Ok(statement.query_row([RecordKind::Ledger as i64], |row| row.get(0))?)
}

/// How many wait.
pub(crate) fn count_waiting(connection: &Connection) -> Result<u32, EngineError> {
    let mut statement = connection.prepare_cached("SELECT count(*) FROM control_outbox")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// The cité has a record.
pub(crate) fn acknowledge(connection: &Connection, position: i64) -> Result<(), EngineError> {
    withdraw(connection, position)?;
    digest::count(connection, Counted::Control(position))
}

/// The cité finally refused a record: it stays here, is not offered again and does not count.
pub(crate) fn refuse(connection: &Connection, position: i64) -> Result<(), EngineError> {
    withdraw(connection, position)?;
    digest::uncount(connection, Counted::Control(position))
}

fn withdraw(connection: &Connection, position: i64) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM control_outbox WHERE position = ?1")?.execute([position])?;
    Ok(())
}

/// Signed records of a person's ledger.
pub(crate) fn ledger_records(
    connection: &Connection,
    pathway: PathwayId,
) -> Result<Vec<Record>, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT bytes FROM control WHERE subject = ?1 AND kind = ?2 ORDER BY position")?;
    let rows = statement
        .query_map((pathway.as_bytes(), RecordKind::Ledger as i64), |row| row.get::<_, Vec<u8>>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    rows.iter().map(|bytes| minicbor::decode(bytes).map_err(|_| EngineError::Damaged)).collect()
}

/// A person's ledger, bound by those of the records linked as the same person.
pub(crate) fn ledger(connection: &Connection, pathway: PathwayId) -> Result<Ledger, EngineError> {
    let own = alone(connection, pathway)?;
    let others = link::others(connection, pathway)?;
    if others.is_empty() {
        return Ok(own);
    }
    let others = others.into_iter().map(|it| alone(connection, it)).collect::<Result<Vec<_>, _>>()?;
    Ok(own.bound(&others))
}

/// The ledger of a record, whatever it is linked with.
fn alone(connection: &Connection, pathway: PathwayId) -> Result<Ledger, EngineError> {
    let records = ledger_records(connection, pathway)?;
    let entries = records.iter().map(|record| {
        let entry: LedgerEntry = record.read()?;
        let (on, supersedes) = (entry.on(), entry.supersedes().collect());
        Ok(Entry { id: record.id(), on, act: entry.act()?, supersedes })
    });
    Ok(Ledger::of(entries.collect::<Result<Vec<_>, EngineError>>()?))
}

impl Store {
    /// The membership chain, verified from its founding.
    ///
    /// # Errors
    /// [`EngineError::Document`] where it does not hold together.
    pub fn chain(&self) -> Result<Chain, EngineError> {
        chain(self.connection())
    }

    /// The records of a kind, in the order in which they were kept.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn records(&self, kind: RecordKind) -> Result<Vec<Record>, EngineError> {
        list(self.connection(), kind)
    }

    /// The records of the membership chain.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn membership(&self) -> Result<Vec<Record>, EngineError> {
        list(self.connection(), RecordKind::Membership)
    }

    /// A person's ledger.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn ledger(&self, pathway: PathwayId) -> Result<Ledger, EngineError> {
        ledger(self.connection(), pathway)
    }
}
