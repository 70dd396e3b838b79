//! Drafts, sealed with the user's own key.

use super::Store;
use crate::error::EngineError;
use domain::ids::{DraftId, PathwayId, UserId};
use domain::time::InstantMs;
use rusqlite::{Connection, OptionalExtension as _, params};

/// A draft as it stands on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedDraft {
    /// Draft.
    pub id: DraftId,
    /// Whose.
    pub user: UserId,
    /// Grows by one at every save.
    pub revision: u64,
    /// Last save, by the device's clock.
    pub saved_at_ms: InstantMs,
    /// The person it is about, where it is about one.
    pub pathway: Option<PathwayId>,
    /// Sealed form.
    pub sealed: Vec<u8>,
}

/// How many drafts a store holds, of all its users.
pub(crate) fn drafts_in(connection: &Connection) -> Result<u32, EngineError> {
    Ok(connection.prepare_cached("SELECT count(*) FROM draft")?.query_row([], |row| row.get(0))?)
}

/// How many drafts a user has.
pub(crate) fn drafts_of(connection: &Connection, user: UserId) -> Result<u32, EngineError> {
    let mut statement = connection.prepare_cached("SELECT count(*) FROM draft WHERE user = ?1")?;
    Ok(statement.query_row([user.as_bytes()], |row| row.get(0))?)
}

/// Deletes a user's drafts: nobody can open them any more.
pub(crate) fn forget_drafts(connection: &Connection, user: UserId) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM draft WHERE user = ?1")?.execute([user.as_bytes()])?;
    Ok(())
}

impl Store {
    /// Keeps a draft, unless a later revision is on disk already; returns the revision on disk.
    ///
    /// # Errors
    /// [`EngineError::NoSuchUser`] where the draft is another user's, or what SQLite refuses.
    pub fn keep_draft(&mut self, draft: &SealedDraft) -> Result<u64, EngineError> {
        self.transact(|connection| {
            let found: Option<([u8; 16], i64)> = connection
                .query_row("SELECT user, revision FROM draft WHERE id = ?1", [draft.id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            match found {
                Some((user, _)) if user != *draft.user.as_bytes() => return Err(EngineError::NoSuchUser),
                Some((_, revision)) if revision as u64 >= draft.revision => return Ok(revision as u64),
                _ => {}
            }
            let revision = i64::try_from(draft.revision).map_err(|_| EngineError::Damaged)?;
            connection
                .prepare_cached("INSERT OR REPLACE INTO draft (id, user, revision, saved_at_ms, pathway, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
                .execute(params![draft.id.as_bytes(), draft.user.as_bytes(), revision, draft.saved_at_ms, draft.pathway.map(|it| *it.as_bytes()), draft.sealed])?;
            Ok(draft.revision)
        })
    }

    /// A user's drafts, newest first.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn drafts(&self, user: UserId) -> Result<Vec<SealedDraft>, EngineError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT id, revision, saved_at_ms, sealed, pathway FROM draft WHERE user = ?1 ORDER BY saved_at_ms DESC, id")?;
        let rows = statement.query_map([user.as_bytes()], |row| {
            Ok(SealedDraft {
                id: DraftId::from_bytes(row.get(0)?),
                user,
                revision: row.get::<_, i64>(1)? as u64,
                saved_at_ms: row.get(2)?,
                sealed: row.get(3)?,
                pathway: row.get::<_, Option<[u8; 16]>>(4)?.map(PathwayId::from_bytes),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Throws a user's draft away.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn discard_draft(&mut self, user: UserId, id: DraftId) -> Result<bool, EngineError> {
        self.transact(|connection| discard(connection, user, id))
    }
}

/// Deletes a draft; false where there was none.
pub(crate) fn discard(connection: &Connection, user: UserId, id: DraftId) -> Result<bool, EngineError> {
    let deleted = connection
        .prepare_cached("DELETE FROM draft WHERE id = ?1 AND user = ?2")?
        .execute(params![id.as_bytes(), user.as_bytes()])?;
    Ok(deleted > 0)
}
