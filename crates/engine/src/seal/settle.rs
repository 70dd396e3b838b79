//! Carrying out a *no* of the ledger on what is here of a person's named parts.
//!
//! A withdrawal, a refusal or an objection begins another generation of the part; what is here of
//! earlier ones is erased. Its cause is the signed record itself, which was verified when it was kept.
//! Who is named in the withdrawal (or only wrote for themselves) takes the values along, alone.

use super::part;
use crate::error::EngineError;
use crate::store::sealed::{self, generations_before};
use crate::store::{control, digest, link};
use crate::write::Writer;
use document::control::{LedgerEntry, ReceiptBody, Record, RecordKind};
use document::{Document, DocumentKey, Edit, SignerId, Value};
use domain::ids::{FactId, PathwayId};
use domain::ledger::{EntryId, Fate};
use domain::vocabulary::{DocumentKind, Purpose};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Erases what the ledger says is over; returns whether anything was.
pub(crate) fn settle(
    connection: &Connection,
    writer: &Writer<'_>,
    pathway: PathwayId,
) -> Result<bool, EngineError> {
    let ledger = control::ledger(connection, pathway)?;
    let mut causes = BTreeSet::new();
    // What the server could not take before, it may be able to take now.
    digest::recount(connection, DocumentKey::first(DocumentKind::Pathway, pathway))?;
    for kind in DocumentKind::NAMED_PARTS {
        let Some(purpose) = kind.shared_for() else { continue };
        let current = ledger.generation(purpose);
        digest::recount(connection, DocumentKey { kind, id: pathway.into(), generation: current })?;
        let old = generations_before(connection, kind, pathway, current)?;
        let Some(newest) = old.last() else { continue };
        let fate = ledger.fate(purpose, writer.device);
        let newest = DocumentKey { kind, id: pathway.into(), generation: *newest };
        let kept = match fate {
            Fate::Erase => Vec::new(),
            Fate::Keep => edits_of(&part::load(connection, writer.reader(), newest)?, None),
            Fate::KeepOwn => {
                edits_of(&part::load(connection, writer.reader(), newest)?, Some(writer.signer.id()))
            }
        };
        for generation in old {
            let key = DocumentKey { generation, ..newest };
            // Another user of this device takes their own along when they come.
            if fate != Fate::Erase && sealed::key::held_by_another(connection, writer.user, key)? {
                sealed::key::forget(connection, writer.user, key)?;
                digest::hold(connection, key)?;
                continue;
            }
            sealed::erase(connection, key)?;
        }
        if !kept.is_empty() {
            part::edit(connection, writer, DocumentKey { generation: current, ..newest }, &kept)?;
        }
        causes.extend(ledger.causes(purpose));
    }
    if causes.is_empty() {
        return Ok(false);
    }
    let receipt = ReceiptBody::new(writer.device, writer.on, causes);
    control::enqueue(connection, &Record::sign(RecordKind::Receipt, &receipt, writer.signer))?;
    Ok(true)
}

/// Carries withdrawals over to the records linked as the same person: what was shared in one of them is
/// erased like what was withdrawn. (That it is not *shown* any more follows from the link alone.) The
/// entry repeats what the person said, in the name of whoever brings the two together.
pub(crate) fn carry(
    connection: &Connection,
    writer: &Writer<'_>,
    pathway: PathwayId,
) -> Result<bool, EngineError> {
    let mut people = link::others(connection, pathway)?;
    if people.is_empty() || !writer.holds_keys {
        return Ok(false);
    }
    people.insert(pathway);
    let mut carried = false;
    for person in people {
        let ledger = control::ledger(connection, person)?;
        let mut known: Vec<EntryId> = ledger.to_supersede().collect();
        let sharing = Purpose::ALL.iter().filter(|it| it.is_sharing());
        for act in sharing.flat_map(|purpose| ledger.to_carry(*purpose)) {
            let nonce = crate::random::bytes()?;
            let entry = LedgerEntry::new(person, writer.on, act, known.iter().copied(), nonce);
            let record = Record::sign(RecordKind::Ledger, &entry, writer.signer);
            known.push(record.id());
            control::enqueue(connection, &record)?;
            settle(connection, writer, person)?;
            carried = true;
        }
    }
    Ok(carried)
}

/// Edits that write a document's values again, without its history: everybody's, or one signer's.
fn edits_of(document: &Document, of: Option<SignerId>) -> Vec<Edit> {
    let mut root: BTreeMap<String, Value> = BTreeMap::new();
    let mut facts: BTreeMap<FactId, (String, BTreeMap<String, Value>)> = BTreeMap::new();
    for written in document.history() {
        if of.is_some_and(|signer| written.actor.signer != signer) {
            continue;
        }
        match written.fact {
            None => drop(root.insert(written.key, written.value)),
            Some(fact) => {
                let (_, values) = facts
                    .entry(fact)
                    .or_insert_with(|| (written.list.unwrap_or_default().to_owned(), BTreeMap::new()));
                values.insert(written.key, written.value);
            }
        }
    }
    let root = root.into_iter().map(|(key, value)| Edit::Set { key, value });
    let facts = facts.into_iter().map(|(id, (list, values))| Edit::Add {
        list,
        id,
        values: values.into_iter().collect(),
    });
    root.chain(facts).collect()
}
