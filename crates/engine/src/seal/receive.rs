//! Taking keys from outside: epochs, and part keys wrapped for this member.

use super::part::refresh;
use super::share::{about, context};
use super::wrap::{public_of, unwrap};
use super::{Epochs, epoch};
use crate::error::EngineError;
use crate::store::control;
use crate::store::key_doubt::{self, KeyDoubt};
use crate::store::sealed::{due, key, wrap};
use crate::write::Writer;
use document::DocumentKey;
use document::control::{Chain, Record};
use document::sealed::PartKey;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Takes a record of an epoch; false for one that may not be taken.
pub(crate) fn take_epoch(
    connection: &Connection,
    chain: &Chain,
    record: &Record,
) -> Result<bool, EngineError> {
    if !epoch::may_keep(chain, record) {
        return Ok(false);
    }
    if control::keep(connection, record)?.is_some() {
        due::mark_all(connection)?;
    }
    Ok(true)
}

/// Opens the wraps that this member can open now, of some documents or of all; returns the documents
/// that say more than before. One that opens to nothing is noticed, with its author: another one may open.
pub(crate) fn open_wraps(
    connection: &Connection,
    writer: &Writer<'_>,
    epochs: &Epochs,
    of: Option<&BTreeSet<DocumentKey>>,
) -> Result<BTreeSet<DocumentKey>, EngineError> {
    let (reader, mut candidates) = (writer.reader(), Vec::new());
    match of {
        None => candidates = wrap::not_held(connection, reader.user, None)?,
        Some(keys) => {
            for of in keys {
                candidates.extend(wrap::not_held(connection, reader.user, Some(*of))?);
            }
        }
    }
    let eyes = Eyes::of(writer, epochs)?;
    let mut opened = BTreeSet::new();
    for (row, it) in candidates {
        let Some(part_key) = eyes.open(connection, row, &it)? else { continue };
        let held = key::Held { key: part_key, chain: 0 };
        if key::keep(connection, reader.user, reader.own_key, it.key, &held)? {
            opened.insert(it.key);
        }
    }
    for of in &opened {
        refresh(connection, reader, *of)?;
        // Who was given a key sees to it that others who are entitled have it too.
        due::mark(connection, of.id.into())?;
    }
    Ok(opened)
}

/// The secrets that a member opens wraps with.
pub(super) struct Eyes<'a> {
    writer: &'a Writer<'a>,
    epochs: &'a Epochs,
    mine: [u8; 32],
}

impl<'a> Eyes<'a> {
    pub(super) fn of(writer: &'a Writer<'a>, epochs: &'a Epochs) -> Result<Self, EngineError> {
        Ok(Self { writer, epochs, mine: public_of(writer.agree)? })
    }

    /// Whether this member can look into what is wrapped for a recipient.
    pub(super) fn are_for(&self, recipient: wrap::Recipient) -> bool {
        recipient[..] == self.mine[..16] || self.epochs.secret_for(&recipient).next().is_some()
    }

    /// Opens a wrap, and keeps whether it opens, where it is for this member. None where it is for somebody
    /// else, or opens to nothing.
    pub(super) fn open(
        &self,
        connection: &Connection,
        row: i64,
        it: &wrap::Wrap,
    ) -> Result<Option<PartKey>, EngineError> {
        let about = about(self.writer.cite.as_bytes(), it.key, it.part_key);
        let try_with = |secret: &[u8; 32]| {
            let secret = unwrap(secret, context(), &about, &it.sealed).ok()?;
            Some(PartKey::from_secret(*secret)).filter(|key| key.id() == it.part_key)
        };
        let (looked, found) = if it.recipient[..] == self.mine[..16] {
            (true, try_with(self.writer.agree))
        } else {
            let mut secrets = self.epochs.secret_for(&it.recipient).peekable();
            (secrets.peek().is_some(), secrets.find_map(|secret| try_with(secret)))
        };
        if looked {
            wrap::tried(connection, row, found.is_some())?;
        }
        if looked && found.is_none() {
            key_doubt::keep(connection, &KeyDoubt::wrong(it, self.writer.on))?;
        }
        Ok(found)
    }
}
