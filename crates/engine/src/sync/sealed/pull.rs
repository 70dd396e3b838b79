//! The device's half, inwards: what came is kept whether it opens or not; what opens is shown.

use super::message::{SealedBatch, SealedItem, SentWrap};
use super::push::remake;
use super::receive::signed;
use crate::error::EngineError;
use crate::seal::part::refresh;
use crate::seal::{Epochs, open_wraps};
use crate::store::key_doubt::{self, KeyDoubt};
use crate::store::sealed::{change, outbox, wrap};
use crate::store::{aside, batch, control, digest, erased};
use crate::sync::replay::raise;
use crate::write::Writer;
use document::control::Chain;
use document::sealed::Envelope;
use document::{Batch, DocumentKey};
use domain::ids::PathwayId;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// What a frame brought of named parts.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Documents of which something was new.
    pub(crate) touched: BTreeSet<DocumentKey>,
    /// Things received.
    pub(crate) received: u32,
}

/// Takes sealed batches and wraps, opens what opens.
pub(crate) fn take(
    connection: &Connection,
    chain: &Chain,
    writer: &Writer<'_>,
    epochs: &Epochs,
    batches: &[SealedBatch],
    wraps: &[SentWrap],
) -> Result<Found, EngineError> {
    let mut found = Found::default();
    let reader = writer.reader();
    for sent in batches {
        take_batch(connection, chain, writer, sent, &mut found)?;
    }
    for sent in wraps {
        let Some(wrap) = sent.read() else { continue };
        if !is_current(connection, wrap.key)? {
            continue;
        }
        let author = chain.member(&wrap.by);
        let signed =
            author.is_some_and(|it| wrap.signed().verify(writer.cite, &it.sign, &wrap.signature).is_ok());
        if !signed {
            key_doubt::keep(connection, &KeyDoubt::unsigned(&wrap, writer.on))?;
            let bytes = minicbor::to_vec(sent).expect("encoding into memory does not fail");
            aside::keep(connection, "wrap", &bytes)?;
            continue;
        }
        digest::show(connection, wrap.key)?;
        if wrap::keep(connection, &wrap, false)?.is_some() {
            found.touched.insert(wrap.key);
            found.received += 1;
        } else {
            wrap::acknowledge_known(connection, &wrap)?;
        }
    }
    let opened = open_wraps(connection, writer, epochs, Some(&found.touched))?;
    for key in found.touched.difference(&opened) {
        refresh(connection, reader, *key)?;
    }
    Ok(found)
}

/// Whether a part is of the generation that the ledger says it is in: what is over is not taken again.
fn is_current(connection: &Connection, key: DocumentKey) -> Result<bool, EngineError> {
    let Some(purpose) = key.kind.shared_for() else { return Ok(false) };
    if erased::covers(connection, key.id)? {
        return Ok(false);
    }
    Ok(control::ledger(connection, PathwayId::from(key.id))?.generation(purpose) == key.generation)
}

fn take_batch(
    connection: &Connection,
    chain: &Chain,
    writer: &Writer<'_>,
    sent: &SealedBatch,
    found: &mut Found,
) -> Result<(), EngineError> {
    let refuse = |reason: &str| {
        let bytes = minicbor::to_vec(sent).expect("encoding into memory does not fail");
        aside::keep(connection, reason, &bytes)
    };
    let (mut digests, mut groups) = (Vec::new(), Vec::new());
    for (place, item) in (0_u32..).zip(&sent.items) {
        match item {
            SealedItem::Digest(digest) => digests.push(**digest),
            SealedItem::Group(group) => {
                let Ok(envelope) = Envelope::read(&group.envelope) else { return refuse("malformed") };
                digests.push(signed(group, &envelope).digest(writer.cite));
                groups.push((place, group, envelope));
            }
        }
    }
    let batch = Batch { digests, signature: *sent.signature };
    let Some(member) = chain.member(&sent.signer) else { return refuse("signer") };
    if batch.verify(&member.sign).is_err() {
        return refuse("signature");
    }
    let mut row = None;
    for (place, group, envelope) in groups {
        let key = envelope.header().key;
        if envelope.header().actor().signer != sent.signer || !is_current(connection, key)? {
            continue;
        }
        let header = envelope.header();
        // A copy of this store used the number: what waits here from there on is made again.
        if let Some(from) = outbox::numbered(connection, key, header.actor(), header.seq)?
            && change::known(connection, &envelope)? == change::Known::NumberTaken
        {
            remake(connection, writer, key, from, raise(connection, writer, None)?)?;
        }
        digest::show(connection, key)?;
        match change::known(connection, &envelope)? {
            change::Known::New => {}
            change::Known::Here => {
                change::acknowledge_known(connection, envelope.header())?;
                continue;
            }
            // What is here and settled stands: the sums say that the two sides differ.
            change::Known::NumberTaken => continue,
        }
        let batch = match row {
            Some(row) => row,
            None => *row.insert(batch::keep(connection, sent.signer, &batch)?),
        };
        let kept = change::Kept {
            envelope: &envelope,
            bytes: &group.envelope,
            on: group.on,
            cursor: group.cursor,
            level: group.level,
            relied_on: Some(*group.relied_on),
            batch: Some((batch, place)),
        };
        change::append(connection, &kept)?;
        found.touched.insert(key);
        found.received += 1;
    }
    Ok(())
}
