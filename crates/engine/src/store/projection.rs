//! Projections of documents: their winning values, ready to be read. Dropped and rebuilt at will.

use super::{Store, link, past};
use crate::error::EngineError;
use document::{Document, DocumentKey};
use domain::ids::{CiteId, DocumentId};
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::de::DeserializeOwned;

/// Writes what a document says now.
pub(crate) fn put(connection: &Connection, document: &Document) -> Result<(), EngineError> {
    let (key, (values, differing)) = (document.key(), document.projected());
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO projection (kind, doc, generation, content, differing, past)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            key.kind.code(),
            key.id.as_bytes(),
            key.generation,
            values.to_string(),
            differing as u32,
            past::of(connection, document)?,
        ])?;
    link::put(connection, key, &values)
}

/// Writes again what a document says now; nothing where nothing is left of it.
pub(crate) fn refresh(connection: &Connection, cite: CiteId, key: DocumentKey) -> Result<(), EngineError> {
    let document = super::load(connection, cite, key)?;
    if !document.is_new() {
        return put(connection, &document);
    }
    if key.kind == DocumentKind::Pathway {
        link::forget(connection, key.id.into())?;
    }
    connection
        .prepare_cached("DELETE FROM projection WHERE kind = ?1 AND doc = ?2 AND generation = ?3")?
        .execute(params![key.kind.code(), key.id.as_bytes(), key.generation])?;
    Ok(())
}

/// What a document says; none where it is not here. One that does not read as this version expects
/// is an error of its own, and hides no other.
pub(crate) fn get<T: DeserializeOwned>(
    connection: &Connection,
    kind: DocumentKind,
    id: DocumentId,
) -> Result<Option<T>, EngineError> {
    let mut statement =
        connection.prepare_cached("SELECT content FROM projection WHERE kind = ?1 AND doc = ?2")?;
    let content: Option<String> =
        statement.query_row(params![kind.code(), id.as_bytes()], |row| row.get(0)).optional()?;
    content.map(|content| serde_json::from_str(&content).map_err(|_| EngineError::Damaged)).transpose()
}

/// Documents of a kind: identifier and generation.
pub(crate) fn keys(
    connection: &Connection,
    kind: DocumentKind,
) -> Result<Vec<(DocumentId, u32)>, EngineError> {
    let mut statement =
        connection.prepare_cached("SELECT doc, generation FROM projection WHERE kind = ?1 ORDER BY doc")?;
    let rows =
        statement.query_map([kind.code()], |row| Ok((DocumentId::from_bytes(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Documents of a kind in which several people wrote different values at the same time.
pub(crate) fn differing(connection: &Connection, kind: DocumentKind) -> Result<Vec<DocumentId>, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT doc FROM projection WHERE kind = ?1 AND differing > 0 ORDER BY doc")?;
    let rows = statement.query_map([kind.code()], |row| Ok(DocumentId::from_bytes(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every document of a kind that reads, and how many do not.
pub(crate) fn all<T: DeserializeOwned>(
    connection: &Connection,
    kind: DocumentKind,
) -> Result<(Vec<(DocumentId, T)>, u32), EngineError> {
    let mut statement =
        connection.prepare_cached("SELECT doc, content FROM projection WHERE kind = ?1 ORDER BY doc")?;
    let mut rows = statement.query([kind.code()])?;
    let (mut found, mut unread) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        match serde_json::from_str(row.get_ref(1)?.as_str().map_err(|_| EngineError::Damaged)?) {
            Ok(content) => found.push((DocumentId::from_bytes(row.get(0)?), content)),
            Err(_) => unread += 1,
        }
    }
    Ok((found, unread))
}

impl Store {
    /// Drops every projection and makes it again from the changes. Returns how many documents could
    /// not be loaded: they keep their changes and are left out.
    ///
    /// # Errors
    /// What SQLite refuses; the old projections stay then.
    pub fn rebuild(&mut self, cite: CiteId) -> Result<u32, EngineError> {
        self.transact(|connection| {
            connection.execute("DELETE FROM projection", [])?;
            connection.execute("DELETE FROM link", [])?;
            let mut statement = connection.prepare(
                "SELECT DISTINCT kind, doc, generation FROM change ORDER BY kind, doc, generation",
            )?;
            let keys = statement
                .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<Result<Vec<_>, _>>()?;
            let mut failed = 0;
            for (kind, id, generation) in keys {
                let kind = DocumentKind::from_code(&kind).ok_or(EngineError::Damaged)?;
                let key = DocumentKey { kind, id: DocumentId::from_bytes(id), generation };
                match super::load(connection, cite, key) {
                    Ok(document) => put(connection, &document)?,
                    Err(EngineError::Document(_)) => failed += 1,
                    Err(other) => return Err(other),
                }
            }
            Ok(failed)
        })
    }

    /// Every projection, for comparing: kind, document, content with what is kept of its past.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn projections(&self) -> Result<Vec<(String, DocumentId, String)>, EngineError> {
        let mut statement = self.connection().prepare(
            "SELECT kind, doc, content || coalesce(' ' || past, '') FROM projection ORDER BY kind, doc",
        )?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, DocumentId::from_bytes(row.get(1)?), row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
