//! Everything of a store that is about one person: whether there is any, and taking it all out.

use super::sealed::partner;
use super::{control, link, off_day, receipt, scrub};
use crate::error::EngineError;
use document::control::RecordKind;
use document::{DocumentKey, Hash, SignerId};
use domain::ids::{DeviceId, PathwayId};
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// Kinds of documents that are about a person.
const KINDS: [DocumentKind; 5] = [
    DocumentKind::Pathway,
    DocumentKind::Recognition,
    DocumentKind::Identity,
    DocumentKind::Contact,
    DocumentKind::Notes,
];

/// Tables keyed by kind and document.
const BY_KIND: [&str; 9] =
    ["again", "recovered", "projection", "wrap", "refused", "visible", "carried", "sealed_change", "change"];
/// Made of what stands in those, and in the ledger.
const DERIVED: [&str; 3] = ["digest", "hidden", "offer"];
/// Tables keyed by the document alone.
const BY_DOCUMENT: [&str; 5] = ["part_key", "part_view", "entry", "set_aside", "key_doubt"];

/// Whether anything of a person is here beside one record.
pub(crate) fn is_here(
    connection: &Connection,
    pathway: PathwayId,
    beside: Option<Hash>,
) -> Result<bool, EngineError> {
    let id = pathway.as_bytes();
    for table in BY_KIND {
        for kind in KINDS {
            let mut statement =
                connection.prepare_cached(&format!("SELECT 1 FROM {table} WHERE kind = ?1 AND doc = ?2"))?;
            if statement.exists(params![kind.code(), id])? {
                return Ok(true);
            }
        }
    }
    for table in BY_DOCUMENT {
        if connection.prepare_cached(&format!("SELECT 1 FROM {table} WHERE doc = ?1"))?.exists([id])? {
            return Ok(true);
        }
    }
    let draft = connection.prepare_cached("SELECT 1 FROM draft WHERE pathway = ?1")?.exists([id])?;
    Ok(draft
        || connection
            .prepare_cached("SELECT 1 FROM control WHERE subject = ?1 AND kind = ?2 AND id IS NOT ?3")?
            .exists(params![id, RecordKind::Ledger as i64, beside])?)
}

/// Takes everything about a person out: documents of every generation, keys, what waited, what was set
/// aside or refused, drafts, entries, rows of the log, and the records of the ledger but for one.
/// Returns the identifiers of the records that went.
pub(crate) fn delete(
    connection: &Connection,
    pathway: PathwayId,
    keep: Option<Hash>,
) -> Result<Vec<Hash>, EngineError> {
    let id = pathway.as_bytes();
    for kind in KINDS {
        for (outbox, of) in [("outbox", "change"), ("sealed_outbox", "sealed_change")] {
            connection
                .prepare_cached(&format!(
                    "DELETE FROM {outbox} WHERE position IN (SELECT position FROM {of} WHERE kind = ?1 AND doc = ?2)"
                ))?
                .execute(params![kind.code(), id])?;
        }
        for table in BY_KIND.into_iter().chain(DERIVED) {
            connection
                .prepare_cached(&format!("DELETE FROM {table} WHERE kind = ?1 AND doc = ?2"))?
                .execute(params![kind.code(), id])?;
        }
    }
    for table in BY_DOCUMENT {
        connection.prepare_cached(&format!("DELETE FROM {table} WHERE doc = ?1"))?.execute([id])?;
    }
    // Batches that were set aside whole name their documents.
    connection.prepare_cached("DELETE FROM set_aside WHERE instr(bytes, ?1) > 0")?.execute([id])?;
    connection.prepare_cached("DELETE FROM draft WHERE pathway = ?1")?.execute([id])?;
    connection.prepare_cached("DELETE FROM share_due WHERE pathway = ?1")?.execute([id])?;
    connection.prepare_cached("DELETE FROM log WHERE doc = ?1 AND what IN (2, 3, 4, 6, 7)")?.execute([id])?;
    partner::delete(connection, pathway)?;
    link::forget(connection, pathway)?;
    off_day::forget(connection, pathway)?;
    receipt::forget(connection, pathway)?;
    let gone = forget_ledger(connection, pathway, keep)?;
    scrub::due(connection)?;
    Ok(gone)
}

fn forget_ledger(
    connection: &Connection,
    pathway: PathwayId,
    keep: Option<Hash>,
) -> Result<Vec<Hash>, EngineError> {
    const OF: &str = "SELECT position FROM control WHERE subject = ?1 AND kind = ?2 AND id IS NOT ?3";
    let of = params![pathway.as_bytes(), RecordKind::Ledger as i64, keep];
    connection
        .prepare_cached(&format!("DELETE FROM control_outbox WHERE position IN ({OF})"))?
        .execute(of)?;
    connection
        .prepare_cached(&format!("DELETE FROM log WHERE what = 1 AND reference IN ({OF})"))?
        .execute(of)?;
    connection
        .prepare_cached("UPDATE control SET counted = 0 WHERE subject = ?1")?
        .execute([pathway.as_bytes()])?;
    let mut statement =
        connection.prepare_cached(&format!("DELETE FROM control WHERE position IN ({OF}) RETURNING id"))?;
    let gone = statement.query_map(of, |row| row.get(0))?;
    Ok(gone.collect::<Result<_, _>>()?)
}

/// Devices that may see something of a person, and signers who wrote about them.
pub(crate) fn holders(
    connection: &Connection,
    pathway: PathwayId,
) -> Result<(BTreeSet<DeviceId>, BTreeSet<SignerId>), EngineError> {
    let mut devices = BTreeSet::new();
    let mut signers = BTreeSet::new();
    for kind in KINDS {
        let of = params![kind.code(), pathway.as_bytes()];
        let mut statement =
            connection.prepare_cached("SELECT device FROM visible WHERE kind = ?1 AND doc = ?2")?;
        for device in statement.query_map(of, |row| Ok(DeviceId::from_bytes(row.get(0)?)))? {
            devices.insert(device?);
        }
        for table in ["change", "sealed_change"] {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT DISTINCT substr(actor, 1, 16) FROM {table} WHERE kind = ?1 AND doc = ?2"
            ))?;
            for signer in statement.query_map(of, |row| Ok(SignerId(row.get(0)?)))? {
                signers.insert(signer?);
            }
        }
    }
    signers.extend(control::ledger_records(connection, pathway)?.iter().map(|record| record.signer));
    Ok((devices, signers))
}

/// The highest generation of a person's pathway here, 1 where there is none.
pub(crate) fn generation(connection: &Connection, pathway: PathwayId) -> Result<u32, EngineError> {
    let key = DocumentKey::first(DocumentKind::Pathway, pathway);
    let mut statement = connection
        .prepare_cached("SELECT coalesce(max(generation), 1) FROM change WHERE kind = ?1 AND doc = ?2")?;
    Ok(statement.query_row(params![key.kind.code(), key.id.as_bytes()], |row| row.get(0))?)
}
