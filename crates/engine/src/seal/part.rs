//! Opening and editing a named part.

use crate::error::EngineError;
use crate::keys::seal;
use crate::random;
use crate::store::sealed::{change, due, key, outbox, partner, view};
use crate::write::Writer;
use document::sealed::{Envelope, PartKey};
use document::{Batch, Document, DocumentError, DocumentKey, Edit, Group, RawChange};
use domain::ids::{CiteId, UserId};
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Whose eyes a part is opened for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) cite: CiteId,
    pub(crate) user: UserId,
    pub(crate) own_key: &'a [u8; 32],
}

/// Opens a part as far as this user's keys go; its genesis alone where nothing opens. Bytes that open
/// are checked like any from outside; one that does not apply hides no other.
pub(crate) fn load(
    connection: &Connection,
    reader: Reader<'_>,
    of: DocumentKey,
) -> Result<Document, EngineError> {
    let held = key::of(connection, reader.user, reader.own_key, of)?;
    let mut document = Document::begin(reader.cite, of)?;
    let mut left: Vec<RawChange> = Vec::new();
    for bytes in change::of(connection, of)? {
        let envelope = Envelope::read(&bytes)?;
        let key = held.iter().find(|it| it.key.id() == envelope.header().part_key());
        left.extend(key.and_then(|it| envelope.open(reader.cite, &it.key).ok()));
    }
    // What builds on a change that came later, or does not open, waits for it.
    loop {
        let before = left.len();
        let mut waits = Vec::new();
        for raw in left {
            match document.apply(&raw) {
                Err(DocumentError::MissingDependency) => waits.push(raw),
                // A panic may leave the document half-changed: begin again without this change.
                Err(DocumentError::Panicked) => return Err(DocumentError::Panicked.into()),
                _ => {}
            }
        }
        if waits.is_empty() || waits.len() == before {
            return Ok(document);
        }
        left = waits;
    }
}

/// Edits a part: seals the change once, keeps it to be sent when the ledger allows. False where nothing
/// changed.
pub(crate) fn edit(
    connection: &Connection,
    writer: &Writer<'_>,
    of: DocumentKey,
    edits: &[Edit],
) -> Result<bool, EngineError> {
    let reader = writer.reader();
    let mut document = load(connection, reader, of)?;
    let Some(made) = document.edit(writer.actor(), edits)? else { return Ok(false) };
    let part_key = writing_key(connection, writer, of)?;
    let bytes = document::sealed::seal(writer.cite, of, &made, &part_key, random::bytes()?)?;
    let kept = change::Kept {
        envelope: &Envelope::read(&bytes)?,
        bytes: &bytes,
        on: writer.on.0,
        cursor: writer.cursor,
        level: writer.level,
        relied_on: None,
        batch: None,
    };
    let position = change::append(connection, &kept)?;
    let group = Group {
        key: of,
        hashes: vec![Envelope::hash(&bytes).into()],
        cursor: writer.cursor,
        on: writer.on.0,
        level: writer.level,
    };
    let signature = Batch::sign(writer.signer, vec![group.digest(writer.cite)]).signature;
    let group = minicbor::to_vec(&group).expect("encoding into memory does not fail");
    let written = edits.iter().filter_map(super::partner::named).collect();
    let edits = seal_edits(writer.own_key, edits)?;
    outbox::enqueue(connection, position, writer.user, &edits, &group, &signature)?;
    view::put(connection, reader.user, reader.own_key, of, &document.values())?;
    super::partner::note(connection, reader, &document, &written)?;
    due::mark(connection, of.id.into())?;
    Ok(true)
}

/// The key a new change is sealed under: one that is held, unless something was taken from somebody
/// since it was drawn, who might still have it.
fn writing_key(
    connection: &Connection,
    writer: &Writer<'_>,
    of: DocumentKey,
) -> Result<PartKey, EngineError> {
    let held = key::of(connection, writer.user, writer.own_key, of)?;
    let safe = |chain: u32| writer.revoked_at.is_none_or(|at| chain > at);
    if let Some(it) = held.into_iter().rev().find(|it| safe(it.chain)) {
        return Ok(it.key);
    }
    let drawn = key::Held { key: PartKey::from_secret(random::bytes()?), chain: writer.chain };
    key::keep(connection, writer.user, writer.own_key, of, &drawn)?;
    Ok(drawn.key)
}

/// Writes again what a user may read of a part.
pub(crate) fn refresh(
    connection: &Connection,
    reader: Reader<'_>,
    of: DocumentKey,
) -> Result<(), EngineError> {
    match load(connection, reader, of) {
        Ok(document) if !document.is_new() => {
            view::put(connection, reader.user, reader.own_key, of, &document.values())?;
            super::partner::note(connection, reader, &document, &BTreeSet::new())
        }
        Ok(_) | Err(EngineError::Document(_)) => {
            partner::forget(connection, reader.user, of)?;
            view::forget(connection, reader.user, of)
        }
        Err(other) => Err(other),
    }
}

const EDITS: &[u8] = b"allervers sealed edits 1";

/// Seals typed edits with their author's own key: they hold names.
pub(crate) fn seal_edits(own_key: &[u8; 32], edits: &[Edit]) -> Result<Vec<u8>, EngineError> {
    let json = serde_json::to_vec(edits).map_err(|_| EngineError::Damaged)?;
    seal(own_key, EDITS, &json)
}

/// Opens them again.
pub(crate) fn open_edits(own_key: &[u8; 32], sealed: &[u8]) -> Result<Vec<Edit>, EngineError> {
    let json = crate::keys::open(own_key, EDITS, sealed)?;
    serde_json::from_slice(&json).map_err(|_| EngineError::Damaged)
}
