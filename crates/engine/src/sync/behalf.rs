//! Edits that waited for their author on a lost tablet, written by a référent's device on their behalf: in the
//! order in which they were made, on their day, with the author named in the change itself.

use crate::error::EngineError;
use crate::random;
use crate::store::recovered::{self, Recovered};
use crate::store::refused::{self, Refused};
use crate::store::{carried, load};
use crate::write::Writer;
use document::control::{Chain, Member};
use document::{DocumentError, DocumentKey, RawChange, SignerId, on_behalf};
use domain::role::Role;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Whether one member may write what another did: a référent for somebody of the same organisation.
pub(crate) fn may_stand_in(chain: &Chain, signer: &SignerId, author: &SignerId) -> bool {
    let referent = chain.member(signer).filter(|it| it.role == Role::Referent);
    let same = |author: &Member| referent.is_some_and(|it| it.organisation == author.organisation);
    chain.member(author).is_some_and(same)
}

/// Whether every author that changes name may be stood in for by their signer.
pub(super) fn is_allowed(
    chain: &Chain,
    signer: &SignerId,
    changes: &[RawChange],
) -> Result<bool, DocumentError> {
    for change in changes {
        if !change.on_behalf()?.iter().all(|author| may_stand_in(chain, signer, author)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes what can be written now; returns in which documents. What builds on something that is not here
/// stays, and what comes after it in the same document with it.
pub(crate) fn carry_out(
    connection: &Connection,
    writer: &Writer<'_>,
    chain: &Chain,
) -> Result<BTreeSet<DocumentKey>, EngineError> {
    let me = writer.signer.id();
    let active = chain.member(&me).is_some_and(Member::is_active_referent);
    let (mut settled, mut stays) = (BTreeSet::new(), BTreeSet::new());
    for (id, it) in recovered::waiting(connection)? {
        let free = active && may_stand_in(chain, &me, &it.signer) && !stays.contains(&it.key);
        if !free || carried::waits(connection, it.key)? || !write(connection, writer, &it)? {
            stays.insert(it.key);
            continue;
        }
        recovered::done(connection, id)?;
        settled.insert(it.key);
    }
    Ok(settled)
}

/// Writes one author's edits; false where what they build on is not here.
fn write(connection: &Connection, writer: &Writer<'_>, it: &Recovered) -> Result<bool, EngineError> {
    let then = Writer { on: it.on, ..*writer };
    let mut document = load(connection, writer.cite, it.key)?;
    if document.is_new() && !it.begins {
        return Ok(false);
    }
    let mut edits = document.without_known(it.edits.clone());
    if matches!(document.edit(writer.actor(), &edits), Ok(None)) {
        return Ok(true); // All of it is here.
    }
    edits.push(on_behalf(it.signer, random::bytes()?));
    match then.edit(connection, it.key, &edits) {
        Ok(_) => Ok(true),
        Err(EngineError::Document(DocumentError::NoSuchFact)) => Ok(false),
        Err(EngineError::Document(_)) => {
            let refused = Refused::coded(it.key, it.signer, it.on, &it.edits, "invalid");
            refused::keep(connection, &refused).map(|()| true)
        }
        Err(other) => Err(other),
    }
}
