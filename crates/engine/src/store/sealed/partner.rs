//! Which services the protected partners of people are, for the users of this device who could read it: each
//! sealed with that user's own key, so that it outlives the part for whoever has to tell a partner.

use crate::error::EngineError;
use crate::keys::{open, seal};
use document::{DocumentKey, Hash};
use domain::ids::{PartnerMark, PathwayId, SolutionId, UserId};
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

fn sealed_about(user: UserId, mark: PartnerMark) -> Vec<u8> {
    [b"allervers protected partner 1".as_slice(), user.as_bytes(), mark.as_bytes()].concat()
}

/// Notes what a notes part says to a user now. `written` are those that this user writes with it: they stay
/// theirs, and no colleague's word changes them. What colleagues wrote goes where the part says it no longer.
pub(crate) fn note(
    connection: &Connection,
    user: UserId,
    own_key: &[u8; 32],
    part: DocumentKey,
    says: &BTreeMap<PartnerMark, SolutionId>,
    written: &BTreeSet<PartnerMark>,
) -> Result<(), EngineError> {
    forget(connection, user, part)?;
    for (mark, solution) in says {
        let sealed = seal(own_key, &sealed_about(user, *mark), solution.as_bytes())?;
        connection
            .prepare_cached(
                "INSERT INTO partner_known (about, mark, user, generation, own, sealed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT DO UPDATE SET
                     generation = excluded.generation,
                     sealed = CASE WHEN own > excluded.own THEN sealed ELSE excluded.sealed END,
                     own = max(own, excluded.own)",
            )?
            .execute(params![
                part.id.as_bytes(),
                mark.as_bytes(),
                user.as_bytes(),
                part.generation,
                written.contains(mark),
                sealed
            ])?;
    }
    Ok(())
}

/// Forgets what colleagues wrote in a part that a user reads no longer.
pub(crate) fn forget(connection: &Connection, user: UserId, part: DocumentKey) -> Result<(), EngineError> {
    if part.kind == DocumentKind::Notes {
        connection
            .prepare_cached(
                "DELETE FROM partner_known WHERE about = ?1 AND user = ?2 AND generation = ?3 AND own = 0",
            )?
            .execute(params![part.id.as_bytes(), user.as_bytes(), part.generation])?;
    }
    Ok(())
}

/// Forgets the same for every user: the part is here no longer.
pub(super) fn forget_part(connection: &Connection, part: DocumentKey) -> Result<(), EngineError> {
    if part.kind == DocumentKind::Notes {
        connection
            .prepare_cached("DELETE FROM partner_known WHERE about = ?1 AND generation = ?2 AND own = 0")?
            .execute(params![part.id.as_bytes(), part.generation])?;
    }
    Ok(())
}

/// Forgets what a user knew: it was sealed with keys that are gone.
pub(super) fn forget_user(connection: &Connection, user: UserId) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM partner_known WHERE user = ?1")?.execute([user.as_bytes()])?;
    Ok(())
}

/// A person is erased by a record: what is known of the partners that are still to be told stays under that
/// record, which names nobody; the rest goes. For every user of this device, in one step.
pub(crate) fn outlive(
    connection: &Connection,
    pathway: PathwayId,
    cause: Hash,
    to_tell: &BTreeSet<PartnerMark>,
) -> Result<(), EngineError> {
    for mark in to_tell {
        connection
            .prepare_cached("UPDATE OR REPLACE partner_known SET about = ?1 WHERE about = ?2 AND mark = ?3")?
            .execute(params![cause, pathway.as_bytes(), mark.as_bytes()])?;
    }
    delete(connection, pathway)
}

/// Forgets everything known of a person's partners.
pub(crate) fn delete(connection: &Connection, pathway: PathwayId) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM partner_known WHERE about = ?1")?.execute([pathway.as_bytes()])?;
    Ok(())
}

/// A partner was told that somebody was erased: nobody has to know them any more.
pub(crate) fn told(connection: &Connection, cause: &Hash, mark: PartnerMark) -> Result<(), EngineError> {
    connection
        .prepare_cached("DELETE FROM partner_known WHERE about = ?1 AND mark = ?2")?
        .execute(params![cause, mark.as_bytes()])?;
    Ok(())
}

/// Erasures since which a user knows of a partner to be told.
pub(crate) fn causes(connection: &Connection, user: UserId) -> Result<Vec<Hash>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT about FROM partner_known WHERE user = ?1 AND length(about) = 32 ORDER BY about",
    )?;
    let rows = statement.query_map([user.as_bytes()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a user knows, of a person or since an erasure. What does not open hides nothing else.
pub(crate) fn of(
    connection: &Connection,
    user: UserId,
    own_key: &[u8; 32],
    about: &[u8],
) -> Result<BTreeMap<PartnerMark, SolutionId>, EngineError> {
    let mut statement =
        connection.prepare_cached("SELECT mark, sealed FROM partner_known WHERE about = ?1 AND user = ?2")?;
    let mut rows = statement.query(params![about, user.as_bytes()])?;
    let mut known = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (mark, sealed): ([u8; 16], Vec<u8>) = (row.get(0)?, row.get(1)?);
        let mark = PartnerMark::from_bytes(mark);
        let Ok(plain) = open(own_key, &sealed_about(user, mark), &sealed) else { continue };
        if let Ok(solution) = plain.as_slice().try_into() {
            known.insert(mark, SolutionId::from_bytes(solution));
        }
    }
    Ok(known)
}
