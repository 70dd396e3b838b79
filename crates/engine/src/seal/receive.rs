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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use document::SignerKey;
    use domain::ids::{CiteId, DeviceId, PathwayId, UserId};
    use domain::time::Day;
    use domain::vocabulary::DocumentKind;

    #[test]
    fn a_key_of_another_name_is_none_however_well_it_is_wrapped_and_is_not_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_plain(&folder.path().join("store.db")).unwrap();
        let connection = store.connection();
        let (agree, own_key, signer) = ([7; 32], [8; 32], SignerKey::from_secret(&[3; 32]));
        let epochs = Epochs::default();
        let writer = Writer {
            cite: CiteId::from_bytes([1; 16]),
            user: UserId::from_bytes([2; 16]),
            signer: &signer,
            own_key: &own_key,
            agree: &agree,
            epochs: &epochs,
            holds_keys: true,
            device: DeviceId::from_bytes([4; 16]),
            chain: 0,
            revoked_at: None,
            incarnation: 1,
            cursor: 0,
            level: 1,
            on: Day(20_000),
        };
        let key = DocumentKey::first(DocumentKind::Contact, PathwayId::from_bytes([5; 16]));
        let (good, other) = (PartKey::from_secret([1; 32]), PartKey::from_secret([2; 32]));
        let mine = public_of(&agree).unwrap();
        let about = about(writer.cite.as_bytes(), key, good.id());
        let waits = || wrap::not_held(connection, writer.user, Some(key)).unwrap().len();
        for (inside, opens) in [(&other, false), (&good, true)] {
            let sealed = crate::seal::wrap(&mine, context(), &about, inside.expose()).unwrap();
            let recipient = *mine.first_chunk().unwrap();
            let (part_key, by) = (good.id(), signer.id());
            let it = wrap::Wrap { key, part_key, recipient, sealed, by, cursor: 0, signature: [0; 64] };
            let row = wrap::keep(connection, &it, false).unwrap().unwrap();
            assert_eq!(waits(), 1);
            let found = Eyes::of(&writer, &epochs).unwrap().open(connection, row, &it).unwrap();
            assert_eq!(found.map(|it| it.id()), opens.then_some(good.id()));
            assert_eq!(waits(), usize::from(opens), "one that was seen not to open is left alone");
        }
        let doubts = key_doubt::all(connection).unwrap();
        assert!(matches!(doubts[..], [KeyDoubt { signed: true, .. }]), "{doubts:?}");
    }
}
