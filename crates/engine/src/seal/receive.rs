//! Taking keys from outside: epochs, and part keys wrapped for this member.

use super::part::{Reader, refresh};
use super::share::{about, context};
use super::wrap::unwrap;
use super::{Epochs, epoch};
use crate::error::EngineError;
use crate::store::control;
use crate::store::sealed::{due, key, wrap};
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
/// that say more than before.
pub(crate) fn open_wraps(
    connection: &Connection,
    reader: Reader<'_>,
    agree: &[u8; 32],
    epochs: &Epochs,
    of: Option<&BTreeSet<DocumentKey>>,
) -> Result<BTreeSet<DocumentKey>, EngineError> {
    let mut candidates = Vec::new();
    match of {
        None => candidates = wrap::not_held(connection, reader.user, None)?,
        Some(keys) => {
            for of in keys {
                candidates.extend(wrap::not_held(connection, reader.user, Some(*of))?);
            }
        }
    }
    let mine = super::wrap::public_of(agree)?;
    let mut opened = BTreeSet::new();
    for it in candidates {
        let about = about(reader.cite.as_bytes(), it.key, it.part_key);
        let try_with = |secret: &[u8; 32]| {
            let secret = unwrap(secret, context(), &about, &it.sealed).ok()?;
            Some(PartKey::from_secret(*secret)).filter(|key| key.id() == it.part_key)
        };
        let found = if it.recipient[..] == mine[..16] {
            try_with(agree)
        } else {
            epochs.secret_for(&it.recipient).find_map(|secret| try_with(secret))
        };
        let Some(part_key) = found else { continue };
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
